// The pictures of an experiment: one metric against another, lifts with their intervals, power, and effects by week.
"use strict";

gsmt.signed = (value) => (value > 0 ? "+" : "") + gsmt.tick({ style: "share" }, value);

// Green is better beyond chance, red worse, and grey says nothing for sure.
gsmt.effectColour = (row) => {
  if (row.low === null || (row.low <= 0 && row.high >= 0)) return "var(--quiet)";
  return row.low > 0 === (row.better === "up") ? "var(--met)" : "var(--missed)";
};

gsmt.namesAbove = (rows, name, isNarrow) =>
  isNarrow
    ? [Plot.text(rows, { y: name, text: name, frameAnchor: "left", textAnchor: "start", dy: -17, fill: "currentColor", stroke: "var(--surface)", strokeWidth: 4 })]
    : [];

// A picture for each variant, under its name where there are several.
gsmt.byVariant = (lifts, draw) => {
  const variants = [...new Set(lifts.map((row) => row.variant))];
  if (variants.length === 1) return draw(lifts);
  return gsmt.element(
    "div",
    {},
    ...variants.map((variant) =>
      gsmt.element(
        "div",
        {},
        gsmt.element("p", { class: "member" }, variant),
        draw(lifts.filter((row) => row.variant === variant)),
      ),
    ),
  );
};

// The lifts of the two metrics that decide, one against the other.
gsmt.tradeOff = (lifts, width) => {
  const deciding = lifts.filter((row) => row.role === "primary" && row.lift !== null);
  const [across, up] = [...new Set(deciding.map((row) => row.label))];
  const points = [...new Set(deciding.map((row) => row.variant))]
    .map((variant) => {
      const of = (label) => deciding.find((row) => row.variant === variant && row.label === label);
      return { variant, x: of(across), y: of(up) };
    })
    .filter((point) => point.x && point.y);
  if (!points.length) return gsmt.element("p", { class: "empty" }, "No lifts that may be read.");
  const at = { x: (point) => point.x.lift, y: (point) => point.y.lift };
  const axis = { labelArrow: "none", grid: true, nice: true, tickFormat: gsmt.signed };
  const arm = { stroke: "var(--series-1)", strokeWidth: 2 };
  const name = { textAnchor: "start", dx: 10, dy: -12, fill: "currentColor", stroke: "var(--surface)", strokeWidth: 4 };
  const plot = gsmt.plot({
    width,
    height: Math.min(420, width),
    marginLeft: 64,
    marginBottom: 44,
    marginTop: 32,
    style: { background: "transparent", overflow: "visible" },
    x: { ...axis, label: across, labelAnchor: "center", ticks: width < 560 ? 4 : 8 },
    y: { ...axis, label: up, ticks: 6 },
    marks: [
      Plot.ruleX([0], { stroke: "var(--text)" }),
      Plot.ruleY([0], { stroke: "var(--text)" }),
      Plot.ruleY(points, { x1: (point) => point.x.low, x2: (point) => point.x.high, y: at.y, ...arm }),
      Plot.ruleX(points, { y1: (point) => point.y.low, y2: (point) => point.y.high, x: at.x, ...arm }),
      Plot.dot(points, { ...at, r: 6, fill: "var(--series-1)", className: "numbers" }),
      Plot.text(points, { ...at, text: "variant", ...name }),
    ],
  });
  plot.querySelectorAll("g.numbers circle").forEach((circle, place) => {
    const { variant, x, y } = points[place];
    Object.assign(circle.dataset, { variant, across: x.metric, up: y.metric });
  });
  plot.valuesAt = (x, y) => [plot.scale("x").invert(x), plot.scale("y").invert(y)];
  return plot;
};

gsmt.forest = (lifts, width) => {
  const rows = lifts.filter((row) => row.lift !== null);
  if (!rows.length) return gsmt.element("p", { class: "empty" }, "No lift that may be read.");
  const margins = rows
    .filter((row) => row.margin !== null)
    .map((row) => ({ ...row, at: row.better === "up" ? -row.margin : row.margin }));
  const name = (row) => `${row.label} (${row.role})`;
  // On a phone a name stands above its line.
  const isNarrow = width < 560;
  const plot = gsmt.plot({
    width,
    height: 44 * rows.length + 46,
    marginLeft: isNarrow ? 14 : 290,
    marginRight: 24,
    style: { background: "transparent", overflow: "visible" },
    color: { type: "identity" },
    x: { label: null, grid: true, tickFormat: gsmt.signed, nice: true, ticks: isNarrow ? 5 : 10 },
    y: { label: null, domain: rows.map(name), axis: isNarrow ? null : "left" },
    marks: [
      ...gsmt.namesAbove(rows, name, isNarrow),
      Plot.ruleX([0], { stroke: "var(--text)" }),
      Plot.tickX(margins, { x: "at", y: name, stroke: "var(--target)", strokeDasharray: "3 2", strokeWidth: 2 }),
      Plot.ruleY(rows, { x1: "low", x2: "high", y: name, stroke: gsmt.effectColour, strokeWidth: 2.4 }),
      Plot.dot(rows, { x: "lift", y: name, r: 5, fill: gsmt.effectColour, className: "numbers" }),
      Plot.tip(
        rows,
        Plot.pointer({ x: "lift", y: name, title: (row) => `${row.label} ${row.verdict}`, lineWidth: 30, ...gsmt.tipped }),
      ),
    ],
  });
  plot.querySelectorAll("g.numbers circle").forEach((circle, place) => {
    circle.dataset.value = rows[place].lift;
    circle.dataset.metric = rows[place].metric;
  });
  plot.valueAt = (x) => plot.scale("x").invert(x);
  return plot;
};

gsmt.power = (lifts, width) => {
  const rows = lifts.filter((row) => row.detectable !== null);
  const isNarrow = width < 560;
  return gsmt.plot({
    width,
    height: (isNarrow ? 48 : 32) * rows.length + 36,
    marginLeft: isNarrow ? 14 : 290,
    marginRight: 60,
    style: { background: "transparent", overflow: "visible" },
    color: { type: "identity" },
    x: { label: null, grid: true, tickFormat: gsmt.signed, ticks: isNarrow ? 4 : 10 },
    y: {
      label: null,
      domain: rows.map((row) => row.label),
      padding: isNarrow ? 0.6 : 0.3,
      axis: isNarrow ? null : "left",
    },
    marks: [
      ...gsmt.namesAbove(rows, (row) => row.label, isNarrow),
      Plot.barX(rows, { x: "detectable", y: "label", fill: "var(--series-1)", fillOpacity: 0.55 }),
      Plot.tickX(
        rows.filter((row) => row.margin !== null),
        { x: "margin", y: "label", stroke: "var(--target)", strokeWidth: 2.5 },
      ),
      Plot.text(rows, {
        x: "detectable",
        y: "label",
        text: (row) => gsmt.number({ style: "share" }, row.detectable),
        textAnchor: "start",
        dx: 6,
      }),
    ],
  });
};

gsmt.effectByWeek = (weeks, lifts, width) => {
  const metrics = [...new Set(weeks.map((row) => row.metric))];
  const columns = Math.max(1, Math.min(metrics.length, Math.floor(width / 300)));
  const each = Math.floor((width - 16 * (columns - 1)) / columns);
  const label = (metric) => lifts.find((row) => row.metric === metric)?.label ?? gsmt.words(metric);
  return gsmt.element(
    "div",
    { class: "multiples", style: `grid-template-columns: repeat(${columns}, ${each}px)` },
    ...metrics.map((metric) => {
      const rows = weeks.filter((row) => row.metric === metric && row.lift !== null);
      return gsmt.element(
        "div",
        {},
        gsmt.element("p", { class: "member" }, label(metric)),
        gsmt.plot({
          width: each,
          height: 170,
          marginLeft: 52,
          style: { background: "transparent", overflow: "visible" },
          x: { label: "week", type: "linear", ticks: rows.map((row) => row.week), tickFormat: "d", insetLeft: 10, insetRight: 10 },
          y: { label: null, grid: true, tickFormat: gsmt.signed, ticks: 4 },
          marks: [
            Plot.ruleY([0], { stroke: "var(--text)" }),
            Plot.ruleX(rows, { x: "week", y1: "low", y2: "high", stroke: "var(--series-1)", strokeWidth: 2 }),
            Plot.dot(rows, { x: "week", y: "lift", fill: "var(--series-1)", r: 3.5 }),
          ],
        }),
      );
    }),
  );
};

addEventListener("DOMContentLoaded", () => {
  for (const article of document.querySelectorAll("[data-experiment]")) {
    const pictures = [
      [".trade-off", (data, width) => gsmt.tradeOff(data.lifts, width)],
      [".forest", (data, width) => gsmt.byVariant(data.lifts, (lifts) => gsmt.forest(lifts, width))],
      [".power", (data, width) => gsmt.byVariant(data.lifts, (lifts) => gsmt.power(lifts, width))],
      [".weeks", (data, width) => gsmt.effectByWeek(data.weeks, data.lifts, width)],
    ];
    for (const [selector, draw] of pictures) {
      const plot = article.querySelector(selector);
      if (!plot) continue;
      gsmt.onWidth(plot, async (width) => {
        const data = await gsmt.load(article.dataset.experiment);
        plot.replaceChildren(draw(data, width));
        performance.mark("chart");
      });
    }
  }
});
