// A line over time: launch, target and its window, open periods hollow.
"use strict";

gsmt.colours = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `var(--series-${number})`);

gsmt.legend = (members) =>
  gsmt.element(
    "ul",
    { class: "legend" },
    ...members.map((member, place) =>
      gsmt.element(
        "li",
        {},
        gsmt.element("span", { class: "swatch", style: `background: ${gsmt.colours[place]}` }),
        member,
      ),
    ),
  );

// What lines that stand side by side have in common as their axis.
gsmt.domainOf = (lines) => d3.extent(lines.flatMap((line) => line.rows.map((row) => row.value)));

gsmt.line = (lines, { data, grain, statistic, format, width, height, domain, small }) => {
  const all = lines.flatMap((line) => line.rows);
  const rows = all.filter((row) => row.value !== null);
  const targets = data.targets.filter((one) => one.statistic === statistic);
  const levels = targets
    .filter((one) => one.basis === "level")
    .flatMap((one) => [one.threshold, one.upper].filter((bound) => bound !== null));
  const windows = targets.filter((one) => one.windowStart);
  const date = (day) => new Date(day + "T00:00:00Z");
  const colour = (row) =>
    gsmt.colours[lines.length > 1 ? lines.findIndex((line) => line.member === row.member) : 0];
  const title = (row) =>
    [
      lines.length > 1 || small ? row.member : null,
      gsmt.period(grain, row.day) + (row.complete ? "" : " (open)"),
      gsmt.number(format, row.value) + (format.noun ? " " + format.noun : ""),
      row.denominator
        ? gsmt.number({ style: "plain" }, row.numerator) +
          " / " +
          gsmt.number({ style: "plain" }, row.denominator)
        : null,
    ]
      .filter(Boolean)
      .join("\n");
  const radius = small || rows.length > 150 ? 1.6 : 2.8;
  const values = [...(domain || d3.extent(rows, (row) => row.value)), ...levels];
  const plot = gsmt.plot({
    width,
    height,
    marginLeft: 52,
    marginRight: small ? 8 : 16,
    marginTop: small ? 10 : 22,
    marginBottom: 26,
    style: { background: "transparent", overflow: "visible" },
    x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 110)) },
    y: {
      label: null,
      grid: true,
      nice: true,
      domain: d3.extent(values),
      ticks: small ? 3 : 5,
      tickFormat: (value) => gsmt.tick(format, value),
    },
    marks: [
      Plot.rect(windows, {
        x1: (one) => date(one.windowStart),
        x2: (one) => date(one.windowUntil),
        fill: "var(--window)",
        className: "window",
        clip: true,
      }),
      Plot.ruleY(levels, { stroke: "var(--target)", strokeDasharray: "5 4", strokeWidth: 1.5 }),
      ...(data.launch
        ? [
            Plot.ruleX([date(data.launch)], { stroke: "var(--launch)", clip: true }),
            ...(small
              ? []
              : [
                  Plot.text([date(data.launch)], {
                    x: (day) => day,
                    text: () => "launch",
                    frameAnchor: "top",
                    dy: -14,
                    fill: "var(--launch)",
                  }),
                ]),
          ]
        : []),
      ...(small
        ? []
        : [
            Plot.text(targets.filter((one) => one.basis === "level"), {
              y: "threshold",
              text: (one) => `target ${one.rule}`,
              frameAnchor: "right",
              textAnchor: "end",
              dy: -7,
              fill: "var(--target)",
              stroke: "var(--surface)",
              strokeWidth: 4,
            }),
          ]),
      Plot.line(all, { x: "date", y: "value", z: "member", stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(rows, {
        x: "date",
        y: "value",
        r: radius,
        stroke: colour,
        strokeWidth: 1.5,
        fill: (row) => (row.complete ? colour(row) : "var(--surface)"),
        className: "numbers",
      }),
      Plot.tip(
        rows,
        Plot.pointer({
          x: "date",
          y: "value",
          title,
          fill: "var(--surface)",
          stroke: "var(--edge)",
          textPadding: 7,
        }),
      ),
    ],
    // Colours are the page's own.
    color: { type: "identity" },
  });
  // What each dot says, for whoever asks the page and not the eye.
  plot.querySelectorAll("g.numbers circle").forEach((circle, place) => {
    const row = rows[place];
    circle.dataset.value = row.value;
    circle.dataset.day = row.day;
    circle.dataset.member = row.member;
    circle.dataset.complete = row.complete;
  });
  plot.valueAt = (y) => plot.scale("y").invert(y);
  return plot;
};
