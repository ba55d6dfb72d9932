// The card of a metric: its line over time with what the reader chooses, and its other pictures.
"use strict";

gsmt.words = (name) => name.replaceAll("_", " ");

// A day of a mart as it is called in its grain.
gsmt.period = (grain, day) => {
  const date = new Date(day + "T00:00:00Z");
  const parts = (options) => date.toLocaleDateString("en-GB", { timeZone: "UTC", ...options });
  if (grain === "month") return parts({ month: "long", year: "numeric" });
  const name = parts({ day: "numeric", month: "short", year: "numeric" });
  return grain === "day" ? name : `${grain} of ${name}`;
};

gsmt.Card = class {
  constructor(element) {
    this.element = element;
    this.figure = element.querySelector("figure.line");
    this.plot = this.figure.querySelector(".plot");
    this.controls = element.querySelector(".controls");
    this.choice = {};
    gsmt.onWidth(this.plot, () => this.draw());
    addEventListener("world", () => this.begin());
    this.begin();
  }

  async begin() {
    this.data = await gsmt.load(`${this.element.dataset.metric}.${gsmt.world()}`);
    const { grains, statistics, slices } = this.data;
    this.choice = {
      grain: grains.includes(this.choice.grain) ? this.choice.grain : this.data.main?.grain,
      statistic: this.choice.statistic || this.data.main?.statistic,
      slice: slices[this.choice.slice] ? this.choice.slice : "all",
      apart: this.choice.apart ?? true,
    };
    if (!statistics.some((one) => one.name === this.choice.statistic)) {
      this.choice.statistic = this.data.main?.statistic;
    }
    this.showControls();
    this.offerTargets();
    this.draw();
    this.drawPictures();
  }

  // A target may judge another statistic than the one that is drawn at first.
  offerTargets() {
    if (this.data.statistics.length < 2) return;
    for (const item of this.element.querySelectorAll(".card-targets li:not(:has(button))")) {
      const show = () => this.choose("statistic", item.dataset.statistic);
      const name = `Draw ${gsmt.words(item.dataset.statistic)}, which it judges`;
      item.append(" ", gsmt.element("button", { type: "button", "aria-label": name, on: { click: show } }, "draw"));
    }
  }

  choose(name, value) {
    this.choice[name] = value;
    if (!this.lines().length) {
      // Not every statistic has every grain.
      const found = this.data.series.find((one) => one.statistic === this.choice.statistic);
      if (found) this.choice.grain = found.grain;
    }
    this.showControls();
    this.draw();
  }

  showControls() {
    const { grains, statistics, slices } = this.data;
    const label = this.data.label;
    const choose = (name, value) => this.choose(name, value);
    const focused = this.controls.contains(document.activeElement)
      ? document.activeElement.dataset.control
      : null;
    const select = (name, title, options) =>
      gsmt.element(
        "label",
        {},
        title + " ",
        gsmt.element(
          "select",
          { "data-control": name, on: { change: (event) => choose(name, event.target.value) } },
          ...options.map(([value, text]) =>
            gsmt.element("option", { value, selected: value === this.choice[name] }, text),
          ),
        ),
      );
    const has = (grain) =>
      this.data.series.some(
        (one) => one.grain === grain && one.statistic === this.choice.statistic,
      );
    const parts = [
      gsmt.element(
        "span",
        { class: "segments", role: "group", "aria-label": `Grain of ${label}` },
        ...grains.filter(has).map((grain) =>
          gsmt.element(
            "button",
            {
              type: "button",
              "data-control": grain,
              "aria-pressed": String(grain === this.choice.grain),
              on: { click: () => choose("grain", grain) },
            },
            grain,
          ),
        ),
      ),
    ];
    if (statistics.length > 1) {
      const options = statistics.map((one) => [one.name, gsmt.words(one.name)]);
      parts.push(select("statistic", "Statistic", options));
    }
    const names = Object.keys(slices);
    if (names.length) {
      const options = [["all", "none"], ...names.map((name) => [name, gsmt.words(name)])];
      parts.push(select("slice", "Slice", options));
    }
    if (this.choice.slice !== "all") {
      parts.push(
        gsmt.element(
          "label",
          {},
          gsmt.element("input", {
            type: "checkbox",
            "data-control": "apart",
            checked: this.choice.apart,
            on: { change: (event) => choose("apart", event.target.checked) },
          }),
          " each on its own",
        ),
      );
    }
    this.controls.replaceChildren(...parts);
    if (focused) this.controls.querySelector(`[data-control="${focused}"]`)?.focus();
  }

  // The series that the reader chose, each with its rows.
  lines() {
    const { grain, statistic, slice } = this.choice;
    return this.data.series
      .filter(
        (one) => one.grain === grain && one.statistic === statistic && one.dimension === slice,
      )
      .map((one) => ({ member: one.member, rows: gsmt.rows(this.data, one) }));
  }

  statistic() {
    return this.data.statistics.find((one) => one.name === this.choice.statistic);
  }

  draw() {
    if (!this.data || this.plot.clientWidth < 200) return;
    const lines = this.lines();
    const statistic = this.statistic();
    if (!lines.length || !statistic) {
      this.plot.replaceChildren(gsmt.element("p", { class: "empty" }, "No numbers."));
      return;
    }
    const options = { ...this.choice, data: this.data, format: statistic.format };
    const apart = lines.length > 1 && (this.choice.apart || lines.length > gsmt.colours.length);
    const width = this.plot.clientWidth;
    if (apart) {
      const columns = Math.max(1, Math.min(lines.length, Math.floor(width / 230)));
      const each = Math.floor((width - 12 * (columns - 1)) / columns);
      const domain = gsmt.domainOf(lines);
      this.plot.replaceChildren(
        gsmt.element(
          "div",
          { class: "multiples", style: `grid-template-columns: repeat(${columns}, ${each}px)` },
          ...lines.map((line) =>
            gsmt.element(
              "div",
              {},
              gsmt.element("p", { class: "member" }, line.member),
              gsmt.line([line], { ...options, width: each, height: 130, domain, small: true }),
            ),
          ),
        ),
      );
    } else {
      const height = width < 480 ? 220 : 280;
      this.plot.replaceChildren(
        ...(lines.length > 1 ? [gsmt.legend(lines.map((line) => line.member))] : []),
        gsmt.line(lines, { ...options, width, height }),
      );
    }
    const by = this.choice.slice === "all" ? "" : ` by ${gsmt.words(this.choice.slice)}`;
    const name = `${this.data.label}${by}, ${gsmt.words(statistic.name)}, by ${this.choice.grain}`;
    this.plot.setAttribute("aria-label", `${name}. The table below has its numbers.`);
    this.figure.querySelector("figcaption").replaceChildren(...this.caption(statistic));
    gsmt.table(this.figure.querySelector("details.numbers"), () => this.tableOf(lines, statistic));
    performance.mark("chart");
  }

  caption(statistic) {
    const parts = [gsmt.element("span", {}, statistic.meaning + ". ")];
    const note = (text, kind) => gsmt.element("span", { class: "key " + kind }, text);
    const open = this.lines().some((line) => line.rows.some((row) => !row.complete && row.value !== null));
    if (open) parts.push(note("hollow: the period is still open", "open"));
    if (this.targetsHere().length) parts.push(note("shaded: what the target is judged on", "window"));
    if (statistic.insteadOf) {
      parts.push(note(`the sound reading of ${gsmt.words(statistic.insteadOf)}`, "sound"));
    }
    return parts;
  }

  targetsHere() {
    return this.data.targets.filter(
      (one) => one.statistic === this.choice.statistic && one.windowStart,
    );
  }

  tableOf(lines, statistic) {
    const sliced = this.choice.slice !== "all";
    const parts = lines.some((line) => line.rows.some((row) => row.denominator !== undefined));
    const number = (value) => gsmt.number({ style: "plain" }, value);
    const heads = ["Period", ...(sliced ? [gsmt.words(this.choice.slice)] : []), "Value"];
    const rows = lines.flatMap((line) =>
      line.rows.map((row) => [
        gsmt.period(this.choice.grain, row.day) + (row.complete ? "" : " (open)"),
        ...(sliced ? [line.member] : []),
        gsmt.number(statistic.format, row.value),
        ...(parts ? [number(row.numerator), number(row.denominator)] : []),
      ]),
    );
    return { heads: [...heads, ...(parts ? ["Numerator", "Denominator"] : [])], rows };
  }

  drawPictures() {
    const place = this.element.querySelector(".pictures");
    const figures = this.data.pictures.map((picture) => {
      const plot = gsmt.element("div", { class: "plot", role: "img" });
      const numbers = gsmt.element(
        "details",
        { class: "numbers" },
        gsmt.element("summary", {}, "Numbers behind the picture"),
      );
      const caption = gsmt.element("figcaption");
      const figure = gsmt.element(
        "figure",
        { class: picture.kind },
        gsmt.element("h5", {}, picture.title),
        plot,
        caption,
        numbers,
      );
      const draw = gsmt.pictures[picture.kind];
      gsmt.onWidth(plot, (width) => {
        const found = draw(this.data, picture, width);
        plot.replaceChildren(found.drawn);
        plot.setAttribute("aria-label", `${this.data.label}: ${found.caption}`);
        caption.textContent = found.caption;
        gsmt.table(numbers, () => found);
      });
      return figure;
    });
    place.replaceChildren(...figures);
    place.hidden = !figures.length;
  }
};

// The rows of a series: day, value, parts, and whether the period is over.
gsmt.rows = (data, series) => {
  const open = new Set(series.open);
  const [values, numerators, denominators] = ["values", "numerators", "denominators"].map(
    (name) => series[name]?.split(",").map((text) => (text === "" ? null : Number(text))),
  );
  return data.calendars[series.calendar].map((day, place) => ({
    day,
    date: new Date(day + "T00:00:00Z"),
    value: values[place],
    numerator: numerators?.[place],
    denominator: denominators?.[place],
    complete: !open.has(place),
    member: series.member,
  }));
};

// A table behind a picture is written when it is asked for.
gsmt.table = (details, content) => {
  const write = () => {
    const { heads, rows } = content();
    const table = gsmt.element(
      "table",
      {},
      gsmt.element(
        "thead",
        {},
        gsmt.element("tr", {}, ...heads.map((head) => gsmt.element("th", { scope: "col" }, head))),
      ),
      gsmt.element(
        "tbody",
        {},
        ...rows.map((row) =>
          gsmt.element(
            "tr",
            {},
            ...row.map((cell, place) =>
              place
                ? gsmt.element("td", {}, String(cell))
                : gsmt.element("th", { scope: "row" }, String(cell)),
            ),
          ),
        ),
      ),
    );
    const name = "Numbers behind the picture";
    const box = { class: "wide", role: "region", "aria-label": name, tabindex: "0" };
    details.querySelector(".wide")?.remove();
    details.append(gsmt.element("div", box, table));
  };
  details.ontoggle = () => details.open && write();
  if (details.open) write();
};

addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-metric]")) {
    gsmt.whenSeen(element, () => (element.card = new gsmt.Card(element)));
  }
});
