// The dashboard of a question: filters that act on all panels and stand in the address, and the panels.
"use strict";

gsmt.panels = {};

gsmt.seriesOf = (data, grain, statistic, slice) =>
  data.series
    .filter((one) => one.grain === grain && one.statistic === statistic && one.dimension === slice)
    .map((one) => ({ member: one.member, rows: gsmt.rows(data, one) }));

// The grain that is asked for, or the nearest that there is.
gsmt.grainOf = (data, statistic, asked) => {
  const has = (grain) =>
    data.series.some((one) => one.grain === grain && one.statistic === statistic);
  return [asked, "week", "day", "month"].find(has);
};

gsmt.tableOfLines = (grain, lines, format, name) => ({
  heads: ["Period", name, "Value"],
  rows: lines.flatMap((line) =>
    line.rows.map((row) => [
      gsmt.period(grain, row.day) + (row.complete ? "" : " (open)"),
      line.member,
      gsmt.number(format, row.value),
    ]),
  ),
});

gsmt.panels.line = ({ data, panel, view, comparisons, width }) => {
  const grain = gsmt.grainOf(data, panel.statistic, view.grain);
  const slice = view.compare ? comparisons[view.compare].line : "all";
  const lines = gsmt.seriesOf(data, grain, panel.statistic, slice);
  const format = gsmt.formatOf(data, panel.statistic);
  const options = { data, grain, statistic: panel.statistic, format, width, height: 260 };
  return {
    drawn: gsmt.element(
      "div",
      {},
      ...(lines.length > 1 ? [gsmt.legend(lines.map((line) => line.member))] : []),
      gsmt.line(lines, options),
    ),
    caption: `${data.statistics.find((one) => one.name === panel.statistic).meaning}, ${format.noun}`,
    ...gsmt.tableOfLines(grain, lines, format, "Of"),
  };
};

gsmt.panels.area = ({ data, panel, view, width }) => {
  const grain = gsmt.grainOf(data, panel.statistic, view.grain);
  const all = gsmt.seriesOf(data, grain, panel.statistic, panel.slice);
  const chosen = all.filter((line) => line.member === view.feature);
  const lines = chosen.length ? chosen : all;
  const format = gsmt.formatOf(data, panel.statistic);
  const members = all.map((line) => line.member);
  const rows = lines.flatMap((line) => line.rows).filter((row) => row.value !== null);
  const overlaps = panel.slice === "feature_name";
  const drawn = gsmt.plot(
    gsmt.base(width, 260, {
      x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 110)) },
      y: { label: null, grid: true, tickFormat: (value) => gsmt.tick(format, value) },
      marks: [
        Plot.areaY(rows, {
          x: "date",
          y: "value",
          z: "member",
          fill: (row) => gsmt.colours[members.indexOf(row.member) % gsmt.colours.length],
          fillOpacity: 0.75,
          className: "areas",
        }),
        ...(data.launch ? [Plot.ruleX([new Date(data.launch + "T00:00:00Z")], { stroke: "var(--launch)" })] : []),
        Plot.ruleY([0]),
      ],
    }),
  );
  return {
    drawn: gsmt.element("div", {}, gsmt.legend(members), drawn),
    caption: overlaps
      ? "A user of two features is in both, so the areas together are higher than all users."
      : "Nobody is in two of these, so together they are all users of the day.",
    ...gsmt.tableOfLines(grain, lines, format, gsmt.words(panel.slice)),
  };
};

gsmt.panels.features = ({ data, panel, view, comparisons, width }) => {
  const grain = gsmt.grainOf(data, panel.statistic, view.grain);
  const slice = view.compare ? comparisons[view.compare].features : "feature_name";
  const format = gsmt.formatOf(data, panel.statistic);
  const named = gsmt.seriesOf(data, grain, panel.statistic, slice).map((line) => {
    const [feature, group] = line.member.split(" / ");
    const member = group ?? feature;
    return { feature, member, rows: line.rows.map((row) => ({ ...row, member })) };
  });
  const features = [...new Set(named.map((line) => line.feature))].filter(
    (feature) => !view.feature || feature === view.feature,
  );
  const groups = [...new Set(named.map((line) => line.member))];
  const columns = Math.max(1, Math.min(features.length, Math.floor(width / 250)));
  const each = Math.floor((width - 14 * (columns - 1)) / columns);
  const small = features.length > 1;
  const multiples = gsmt.element(
    "div",
    { class: "multiples", style: `grid-template-columns: repeat(${columns}, ${each}px)` },
    ...features.map((feature) =>
      gsmt.element(
        "div",
        { "data-feature": feature },
        gsmt.element("p", { class: "member" }, gsmt.words(feature)),
        gsmt.line(
          named.filter((line) => line.feature === feature),
          { data, grain, statistic: panel.statistic, format, width: each, height: small ? 150 : 280, small },
        ),
      ),
    ),
  );
  const meaning = data.statistics.find((one) => one.name === panel.statistic).meaning;
  const shown = named.filter((line) => features.includes(line.feature));
  return {
    drawn: gsmt.element("div", {}, ...(view.compare ? [gsmt.legend(groups)] : []), multiples),
    caption: view.compare
      ? `${meaning}. Who adopts chose to, and seasons pass: these lines describe, the event study compares.`
      : meaning,
    ...gsmt.tableOfLines(
      grain,
      shown.map((line) => ({
        member: view.compare ? `${line.feature}, ${line.member}` : line.feature,
        rows: line.rows,
      })),
      format,
      "Of",
    ),
  };
};

gsmt.panels.overlap = ({ data, panel, view, width }) => {
  const [within, without] = panel.statistics;
  const grain = gsmt.longestGrain(data, within);
  const format = gsmt.formatOf(data, within);
  const of = (statistic) =>
    gsmt
      .members(data, grain, statistic, panel.slice)
      .filter((row) => !view.feature || row.member === view.feature);
  const rows = of(within).map((row) => ({
    member: row.member,
    day: row.day,
    within: row.value,
    without: of(without).find((other) => other.member === row.member)?.value ?? null,
  }));
  const text = (value) => gsmt.number(format, value);
  const drawn = gsmt.plot(
    gsmt.base(width, 40 * rows.length + 50, {
      marginLeft: 120,
      marginRight: 30,
      x: { label: null, grid: true, domain: [0, 1], tickFormat: (value) => gsmt.tick(format, value) },
      y: { label: null, domain: rows.map((row) => row.member), tickFormat: gsmt.words },
      marks: [
        Plot.ruleY(rows, { x1: "within", x2: "without", y: "member", stroke: "var(--faint)", strokeWidth: 3 }),
        Plot.dot(rows, { x: "without", y: "member", r: 5, fill: gsmt.colours[7] }),
        Plot.dot(rows, { x: "within", y: "member", r: 6, fill: gsmt.colours[0] }),
      ],
    }),
  );
  const period = rows.length ? gsmt.period(grain, rows[0].day) : "no period";
  return {
    drawn,
    caption: `Large: sessions with reels; grey: those without, ${period}. If both are alike, reels neither lead to it nor keep from it.`,
    heads: ["Feature", gsmt.words(within), gsmt.words(without)],
    rows: rows.map((row) => [gsmt.words(row.member), text(row.within), text(row.without)]),
  };
};

gsmt.panels.flow = ({ data, panel, view, comparisons, width }) => {
  const slice = view.compare ? comparisons[view.compare].flow : panel.slice;
  const grain = gsmt.longestGrain(data, panel.statistic);
  const moves = gsmt.members(data, grain, panel.statistic, slice).map((row) => {
    const [group, move] = row.member.includes(": ") ? row.member.split(": ") : ["all", row.member];
    const [source, target] = move.split(" > ");
    return { group, source, target, value: row.numerator, day: row.day };
  });
  const groups = [...new Set(moves.map((move) => move.group))];
  const columns = width > 800 ? groups.length : 1;
  const each = Math.floor((width - 20 * (columns - 1)) / columns);
  const shown = moves.filter(
    (move) =>
      move.value > 0 && (!view.feature || move.source === view.feature || move.target === view.feature),
  );
  const drawn = gsmt.element(
    "div",
    { class: "multiples", style: `grid-template-columns: repeat(${columns}, ${each}px)` },
    ...groups.map((group) =>
      gsmt.element(
        "div",
        { "data-group": group },
        gsmt.element("p", { class: "member" }, group),
        gsmt.sankey(shown.filter((move) => move.group === group), null, each, 340),
      ),
    ),
  );
  const period = moves.length ? gsmt.period(grain, moves[0].day) : "no period";
  const number = (value) => gsmt.number({ style: "plain" }, value);
  return {
    drawn,
    caption: `Moves within sessions, ${period}: each session comes from start and goes to end.`,
    heads: ["Group", "From", "To", "Moves"],
    rows: shown.map((move) => [
      move.group,
      gsmt.words(move.source),
      gsmt.words(move.target),
      number(move.value),
    ]),
  };
};

gsmt.panels.study = ({ rows, width }) => {
  const known = rows.filter((row) => row.difference !== null);
  const share = { style: "share" };
  const drawn = gsmt.plot(
    gsmt.base(width, 260, {
      x: { label: "weeks since adoption", type: "linear", tickFormat: "d", ticks: known.map((row) => row.event_week), insetLeft: 12, insetRight: 12 },
      y: { label: null, grid: true, tickFormat: gsmt.signed },
      marks: [
        Plot.ruleX([-0.5], { stroke: "var(--launch)", strokeDasharray: "4 3" }),
        Plot.ruleY([0], { stroke: "var(--text)" }),
        Plot.ruleX(known, { x: "event_week", y1: "interval_low", y2: "interval_high", stroke: gsmt.colours[0], strokeWidth: 2 }),
        Plot.dot(known, {
          x: "event_week",
          y: "difference",
          r: 4.5,
          fill: (row) => (row.phase === "reference" ? "var(--surface)" : gsmt.colours[0]),
          stroke: gsmt.colours[0],
          className: "numbers",
        }),
      ],
    }),
  );
  drawn.querySelectorAll("g.numbers circle").forEach((circle, place) => {
    circle.dataset.value = known[place].difference;
    circle.dataset.week = known[place].event_week;
  });
  const text = (value) => gsmt.number(share, value);
  return {
    drawn,
    caption: "Left of the line trends before adoption: if they differ from zero, so did the users. Hollow: the week that all others are measured from.",
    heads: ["Week", "Phase", "Difference", "From", "To"],
    rows: rows.map((row) => [
      row.event_week,
      row.phase,
      text(row.difference),
      text(row.interval_low),
      text(row.interval_high),
    ]),
  };
};

gsmt.panels.effects = ({ rows, width }) => {
  const share = { style: "share" };
  const known = rows.filter((row) => row.lift !== null);
  const readings = known.flatMap((row) => [
    { ...row, reading: "difference in differences", at: row.lift },
    { ...row, reading: "before and after", at: row.pre_post_lift },
    { ...row, reading: "adopters and others", at: row.adopters_against_others },
  ]);
  const names = ["difference in differences", "before and after", "adopters and others"];
  const colours = [gsmt.colours[0], gsmt.colours[1], gsmt.colours[7]];
  const drawn = gsmt.plot(
    gsmt.base(width, 64 * known.length + 46, {
      marginLeft: 120,
      marginRight: 26,
      x: { label: null, grid: true, tickFormat: gsmt.signed, nice: true },
      y: { label: null, domain: known.map((row) => row.metric), tickFormat: gsmt.words },
      marks: [
        Plot.ruleX([0], { stroke: "var(--text)" }),
        Plot.ruleY(known, { x1: "lift_low", x2: "lift_high", y: "metric", stroke: colours[0], strokeWidth: 2.5 }),
        Plot.dot(
          readings.filter((row) => row.at !== null),
          {
            x: "at",
            y: "metric",
            r: (row) => (row.reading === names[0] ? 6 : 4),
            fill: (row) => colours[names.indexOf(row.reading)],
          },
        ),
      ],
    }),
  );
  const text = (value) => gsmt.number(share, value);
  const legend = gsmt.element(
    "ul",
    { class: "legend" },
    ...names.map((name, place) =>
      gsmt.element(
        "li",
        {},
        gsmt.element("span", { class: "swatch", style: `background: ${colours[place]}` }),
        name,
      ),
    ),
  );
  return {
    drawn: gsmt.element("div", {}, legend, drawn),
    caption: "The line is the 95 % interval of the difference in differences. Before and after has the season in it, adopters and others who adopts.",
    heads: ["Metric", "Effect", "From", "To", "Before and after", "Adopters and others"],
    rows: known.map((row) => [
      gsmt.words(row.metric),
      ...[row.lift, row.lift_low, row.lift_high, row.pre_post_lift, row.adopters_against_others].map(text),
    ]),
  };
};

addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("filters");
  const question = form.dataset.question;
  const selects = [...form.querySelectorAll("select")];
  const asked = gsmt.address().view;
  for (const select of selects) {
    const value = asked.get(select.name);
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  const view = () => Object.fromEntries(selects.map((one) => [one.name, one.value]));
  const panels = [...document.querySelectorAll("[data-panel]")].map((section) => ({
    section,
    panel: JSON.parse(section.dataset.panel),
    plot: section.querySelector(".plot"),
  }));

  const draw = async ({ section, panel, plot }) => {
    const width = Math.floor(plot.clientWidth);
    if (width < 200) return;
    const shared = await gsmt.load(`dashboards/${question}.${gsmt.world()}`);
    const data = panel.metric && (await gsmt.load(`${question}/${panel.metric}.${gsmt.world()}`));
    const { comparisons, models } = shared;
    const rows = models[panel.model];
    const found = gsmt.panels[panel.kind]({ data, panel, view: view(), comparisons, rows, width });
    plot.replaceChildren(found.drawn);
    section.querySelector("figcaption").textContent = found.caption;
    gsmt.table(section.querySelector("details.numbers"), () => found);
    performance.mark("chart");
  };
  const drawAll = () => panels.forEach(draw);
  for (const one of panels) gsmt.onWidth(one.plot, () => draw(one));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const values = view();
    gsmt.setView({ ...values, grain: values.grain === "week" ? null : values.grain, compare: values.compare || null, feature: values.feature || null });
    drawAll();
  });
  addEventListener("world", drawAll);
});
