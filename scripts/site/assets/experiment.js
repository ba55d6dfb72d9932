// The pictures of an experiment: lifts with their intervals, power, and the effect by week.
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
      [".forest", (data, width) => gsmt.forest(data.lifts, width)],
      [".power", (data, width) => gsmt.power(data.lifts, width)],
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
