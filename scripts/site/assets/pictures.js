// Pictures beside the line, one for each kind that scripts/site/charts.py knows. Each returns what is
// drawn, a caption, and the table behind it.
"use strict";

gsmt.pictures = {};

gsmt.base = (width, height, options) => ({
  width,
  height,
  marginLeft: 56,
  marginBottom: 34,
  style: { background: "transparent", overflow: "visible" },
  color: { type: "identity" },
  ...options,
});

gsmt.tipped = {
  fill: "var(--surface)",
  stroke: "var(--edge)",
  textPadding: 7,
};

// The newest number of a period that is over, of a statistic and a member of a slice.
gsmt.newest = (data, grain, statistic, dimension = "all", member = "all") => {
  const series = data.series.find(
    (one) =>
      one.grain === grain &&
      one.statistic === statistic &&
      one.dimension === dimension &&
      one.member === member,
  );
  const rows = series ? gsmt.rows(data, series) : [];
  return rows.findLast((row) => row.complete && row.value !== null);
};

gsmt.formatOf = (data, statistic) =>
  data.statistics.find((one) => one.name === statistic)?.format || { style: "plain" };

// The grain in which a picture of one period is drawn: the longest that is there.
gsmt.longestGrain = (data, statistic) =>
  ["cohort", "month", "week", "day"].find((grain) => gsmt.newest(data, grain, statistic));

// The members of a slice with their newest numbers of one common period.
gsmt.members = (data, grain, statistic, slice) => {
  const series = data.series.filter(
    (one) => one.grain === grain && one.statistic === statistic && one.dimension === slice,
  );
  const newest = series
    .map((one) => gsmt.rows(data, one).findLast((row) => row.complete && row.value !== null))
    .filter(Boolean);
  const last = newest.map((row) => row.day).sort().at(-1);
  return newest.filter((row) => row.day === last);
};

gsmt.pictures.histogram = (data, { statistics }, width) => {
  const names = Object.keys(statistics);
  const grain = gsmt.longestGrain(data, names[0]);
  const rows = names
    .map((name) => ({ name, place: statistics[name], row: gsmt.newest(data, grain, name) }))
    .filter((one) => one.row);
  const format = gsmt.formatOf(data, names[0]);
  const text = (one) => gsmt.number(format, one.row.value);
  const drawn = gsmt.plot(
    gsmt.base(width, 220, {
      x: { label: null, type: "band", ticks: names.map((name) => statistics[name]), padding: 0.12 },
      y: { label: null, grid: true, tickFormat: (value) => gsmt.tick(format, value) },
      marks: [
        Plot.barY(rows, {
          x: "place",
          y: (one) => one.row.value,
          fill: gsmt.colours[0],
          title: (one) => `${gsmt.words(one.name)}: ${text(one)}`,
          tip: gsmt.tipped,
        }),
        Plot.ruleY([0]),
      ],
    }),
  );
  const period = rows.length ? gsmt.period(grain, rows[0].row.day) : "no period";
  return {
    drawn,
    caption: `Each bar is one of ${gsmt.words(names[0])} to ${gsmt.words(names.at(-1))}, ${period}.`,
    heads: ["Number", "Value"],
    rows: rows.map((one) => [gsmt.words(one.name), text(one)]),
  };
};

// Every cohort with the statistics of its days.
gsmt.cohortRows = (data, statistics) =>
  Object.entries(statistics).flatMap(([name, days]) => {
    const series = data.series.find(
      (one) => one.grain === "cohort" && one.statistic === name && one.dimension === "all",
    );
    return (series ? gsmt.rows(data, series) : []).map((row) => ({ ...row, name, days }));
  });

gsmt.cohortTable = (rows, names, format) => {
  const days = [...new Set(rows.map((row) => row.day))];
  const value = (day, name) => rows.find((row) => row.day === day && row.name === name)?.value;
  return {
    heads: ["Cohort", ...names],
    rows: days.map((day) => [
      gsmt.period("day", day),
      ...names.map((name) => gsmt.number(format, value(day, name))),
    ]),
  };
};

gsmt.pictures.cohorts = (data, { statistics }, width) => {
  const names = Object.keys(statistics);
  const format = gsmt.formatOf(data, names[0]);
  const rows = gsmt.cohortRows(data, statistics);
  const known = rows.filter((row) => row.value !== null);
  const days = [...new Set(rows.map((row) => row.day))];
  const text = (row) => gsmt.number(format, row.value);
  // The darker half of the scale has light text on it.
  const [low, high] = d3.extent(known, (row) => row.value);
  const shade = d3.scaleQuantize([low, high], [0, 1, 2, 3, 4]);
  const drawn = gsmt.plot(
    gsmt.base(width, 40 + 24 * days.length, {
      marginLeft: 96,
      marginTop: 28,
      marginBottom: 6,
      x: { label: null, axis: "top", domain: names, padding: 0.04 },
      y: { label: null, domain: days, tickFormat: (day) => gsmt.period("day", day), padding: 0.06 },
      marks: [
        Plot.cell(rows, {
          x: "name",
          y: "day",
          fill: (row) => (row.value === null ? "var(--empty)" : `var(--shade-${shade(row.value)})`),
          title: (row) => `${gsmt.period("cohort", row.day)}, ${row.name}: ${text(row)}`,
        }),
        Plot.text(known, {
          x: "name",
          y: "day",
          text,
          fill: (row) => `var(--on-shade-${shade(row.value)})`,
        }),
      ],
    }),
  );
  return {
    drawn,
    caption: "A cohort a row, the newest last; an empty cell is a day that has not come for all of it.",
    ...gsmt.cohortTable(rows, names, format),
  };
};

gsmt.pictures.retention_curve = (data, { statistics }, width) => {
  const names = Object.keys(statistics);
  const format = gsmt.formatOf(data, names[0]);
  const rows = gsmt.cohortRows(data, statistics).filter((row) => row.value !== null);
  const full = new Set(
    rows.filter((row) => row.name === names.at(-1) && row.complete).map((row) => row.day),
  );
  const last = [...full].sort().at(-1);
  const drawn = gsmt.plot(
    gsmt.base(width, 240, {
      x: { label: "day", ticks: Object.values(statistics), domain: [0, statistics[names.at(-1)]] },
      y: { label: null, grid: true, zero: true, tickFormat: (value) => gsmt.tick(format, value) },
      marks: [
        Plot.line(rows, { x: "days", y: "value", z: "day", stroke: "var(--faint)", strokeWidth: 1 }),
        Plot.line(
          rows.filter((row) => row.day === last),
          { x: "days", y: "value", stroke: gsmt.colours[0], strokeWidth: 2.4, marker: "dot" },
        ),
        Plot.tip(
          rows,
          Plot.pointer({
            x: "days",
            y: "value",
            title: (row) =>
              `${gsmt.period("cohort", row.day)}\n${row.name}: ${gsmt.number(format, row.value)}`,
            ...gsmt.tipped,
          }),
        ),
      ],
    }),
  );
  return {
    drawn,
    caption: last
      ? `One line for each cohort; strong, the last whose ${names.at(-1)} is known: ${gsmt.period("day", last)}.`
      : "One line for each cohort.",
    ...gsmt.cohortTable(rows, names, format),
  };
};

gsmt.pictures.funnel = (data, { statistics, slice, members }, width) => {
  const name = Object.keys(statistics)[0];
  const grain = gsmt.longestGrain(data, name);
  const format = gsmt.formatOf(data, name);
  const rows = gsmt
    .members(data, grain, name, slice)
    .sort((a, b) =>
      members.length ? members.indexOf(a.member) - members.indexOf(b.member) : b.value - a.value,
    );
  const text = (row) => gsmt.number(format, row.value);
  const drawn = gsmt.plot(
    gsmt.base(width, 34 * rows.length + 20, {
      marginLeft: 130,
      marginRight: 64,
      marginTop: 4,
      marginBottom: 6,
      x: { axis: null, domain: [0, 1] },
      y: { label: null, domain: rows.map((row) => row.member), tickFormat: gsmt.words, padding: 0.18 },
      marks: [
        Plot.barX(rows, { x: "value", y: "member", fill: gsmt.colours[0], rx: 2 }),
        Plot.text(rows, { x: "value", y: "member", text, textAnchor: "start", dx: 6 }),
      ],
    }),
  );
  const period = rows.length ? gsmt.period(grain, rows[0].day) : "no period";
  const statistic = data.statistics.find((one) => one.name === name);
  return {
    drawn,
    caption: `${statistic?.meaning ?? gsmt.words(name)}, ${period}.`,
    heads: ["Step", "Value", "Numerator", "Denominator"],
    rows: rows.map((row) => [
      gsmt.words(row.member),
      text(row),
      gsmt.number({ style: "plain" }, row.numerator),
      gsmt.number({ style: "plain" }, row.denominator),
    ]),
  };
};

gsmt.pictures.percentiles = (data, { statistics }, width) => {
  const names = Object.keys(statistics);
  const format = gsmt.formatOf(data, names[0]);
  const grain = data.grains.find((one) => names.every((name) => gsmt.newest(data, one, name)));
  const rows = names.flatMap((name) => {
    const series = data.series.find(
      (one) => one.grain === grain && one.statistic === name && one.dimension === "all",
    );
    return series ? gsmt.rows(data, series).map((row) => ({ ...row, name })) : [];
  });
  const known = rows.filter((row) => row.value !== null);
  const last = names.map((name) => known.findLast((row) => row.name === name)).filter(Boolean);
  const drawn = gsmt.plot(
    gsmt.base(width, 240, {
      marginRight: 44,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 110)) },
      y: { label: null, grid: true, zero: true, tickFormat: (value) => gsmt.tick(format, value) },
      marks: [
        Plot.line(rows, {
          x: "date",
          y: "value",
          z: "name",
          stroke: (row) => gsmt.colours[names.indexOf(row.name)],
          strokeWidth: 1.8,
        }),
        Plot.text(last, { x: "date", y: "value", text: "name", textAnchor: "start", dx: 6 }),
        Plot.tip(
          known,
          Plot.pointer({
            x: "date",
            y: "value",
            title: (row) =>
              `${gsmt.period(grain, row.day)}\n${row.name}: ${gsmt.number(format, row.value)} ${format.noun}`,
            ...gsmt.tipped,
          }),
        ),
      ],
    }),
  );
  return {
    drawn,
    caption: `${names.join(", ")} by ${grain}; the further apart, the more unlike the users.`,
    heads: ["Period", "Percentile", "Value"],
    rows: known.map((row) => [
      gsmt.period(grain, row.day),
      row.name,
      gsmt.number(format, row.value),
    ]),
  };
};

gsmt.pictures.pareto = (data, { statistics, slice }, width) => {
  const [part, sum] = Object.keys(statistics);
  const grain = gsmt.longestGrain(data, part);
  const format = gsmt.formatOf(data, part);
  const bars = gsmt.members(data, grain, part, slice).sort((a, b) => b.value - a.value);
  const sums = new Map(gsmt.members(data, grain, sum, slice).map((row) => [row.member, row.value]));
  const rows = bars.map((row) => ({ ...row, sum: sums.get(row.member) ?? null }));
  const share = { style: "share" };
  const drawn = gsmt.plot(
    gsmt.base(width, 30 * rows.length + 44, {
      marginLeft: 170,
      marginRight: 56,
      marginTop: 24,
      x: { label: null, axis: "top", domain: [0, 1], grid: true, ticks: 4, tickFormat: (value) => gsmt.tick(share, value) },
      y: { label: null, domain: rows.map((row) => row.member), tickFormat: gsmt.words, padding: 0.2 },
      marks: [
        Plot.barX(rows, { x: "value", y: "member", fill: gsmt.colours[0] }),
        Plot.line(rows, { x: "sum", y: "member", stroke: gsmt.colours[1], marker: "dot", strokeWidth: 1.8 }),
        Plot.text(rows, {
          x: "sum",
          y: "member",
          text: (row) => gsmt.number(share, row.sum),
          textAnchor: "start",
          dx: 8,
        }),
      ],
    }),
  );
  const period = rows.length ? gsmt.period(grain, rows[0].day) : "no period";
  return {
    drawn,
    caption: `Bars: the part of each; line: of it and all that are commoner, ${period}.`,
    heads: [gsmt.words(slice), "Part", "With the commoner ones"],
    rows: rows.map((row) => [
      gsmt.words(row.member),
      gsmt.number(format, row.value),
      gsmt.number(share, row.sum),
    ]),
  };
};

gsmt.pictures.sankey = (data, { rows, labels, totals }, width) => {
  const flows = rows.filter((flow) => flow.value > 0);
  return {
    drawn: gsmt.sankey(flows, totals, width, 320),
    caption: `${labels.value}, ${labels.source} → ${labels.target}, ${labels.period} ${flows[0]?.period ?? ""}.`,
    heads: [labels.source, labels.target, labels.value],
    rows: flows.map((flow) => [
      gsmt.words(flow.source),
      gsmt.words(flow.target),
      gsmt.number({ style: "plain" }, flow.value),
    ]),
  };
};

gsmt.pictures.matrix = (data, { rows, labels }, width) => {
  const flows = rows.filter((flow) => flow.value > 0);
  const shade = d3.scaleQuantize(d3.extent(flows, (flow) => flow.value), [0, 1, 2, 3, 4]);
  const names = [...new Set(flows.flatMap((flow) => [flow.source, flow.target]))].sort();
  const drawn = gsmt.plot(
    gsmt.base(width, 60 + 30 * names.length, {
      marginLeft: 110,
      marginTop: 40,
      x: { label: labels.target, axis: "top", domain: names, tickFormat: gsmt.words },
      y: { label: labels.source, domain: names, tickFormat: gsmt.words },
      marks: [
        Plot.cell(flows, { x: "target", y: "source", fill: (flow) => `var(--shade-${shade(flow.value)})` }),
        Plot.text(flows, {
          x: "target",
          y: "source",
          text: (flow) => gsmt.number({ style: "plain" }, flow.value),
          fill: (flow) => `var(--on-shade-${shade(flow.value)})`,
        }),
      ],
    }),
  );
  return {
    drawn,
    caption: `${labels.value} from ${labels.source} (rows) to ${labels.target} (columns).`,
    heads: [labels.source, labels.target, labels.value],
    rows: flows.map((flow) => [flow.source, flow.target, gsmt.number({ style: "plain" }, flow.value)]),
  };
};

gsmt.pictures.calibration = (data, { rows, labels }, width) => {
  const share = { style: "share" };
  const size = Math.min(width, 380);
  const text = (value) => gsmt.number(share, value);
  const tick = (value) => gsmt.tick(share, value);
  const drawn = gsmt.plot(
    gsmt.base(size, size, {
      x: { label: labels.x + " →", domain: [0, 1], ticks: 5, tickFormat: tick, grid: true },
      y: { label: "↑ " + labels.y, domain: [0, 1], ticks: 5, tickFormat: tick, grid: true },
      marks: [
        Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "var(--target)", strokeDasharray: "5 4" }),
        Plot.line(rows, { x: "x", y: "y", stroke: gsmt.colours[0] }),
        Plot.dot(rows, {
          x: "x",
          y: "y",
          fill: gsmt.colours[0],
          title: (row) => `foretold ${text(row.x)}, came ${text(row.y)}, of ${row.value}`,
          tip: gsmt.tipped,
        }),
      ],
    }),
  );
  return {
    drawn,
    caption: "Each dot is a tenth of the users; on the dashed line what was foretold is what came.",
    heads: [labels.x, labels.y, labels.value],
    rows: rows.map((row) => [text(row.x), text(row.y), gsmt.number({ style: "plain" }, row.value)]),
  };
};

gsmt.pictures.precision_recall = (data, { rows, labels }, width) => {
  const share = { style: "share" };
  const size = Math.min(width, 420);
  const text = (value) => gsmt.number(share, value);
  const tick = (value) => gsmt.tick(share, value);
  const known = rows.filter((row) => row.x !== null && row.y !== null);
  // What lies on one place has one label, and labels of neighbours stand above and below.
  const places = d3.groups(known, (row) => `${row.x} ${row.y}`).map(([, own], number) => ({
    ...own[0],
    names: own.map((row) => gsmt.words(row.label)).join(", "),
    above: number % 2 === 0,
  }));
  const labelsOf = (above, left) =>
    Plot.text(
      places.filter((row) => row.above === above && row.x > 0.5 === left),
      {
        x: "x",
        y: "y",
        text: "names",
        dy: above ? -13 : 14,
        textAnchor: left ? "end" : "start",
        fill: "currentColor",
        stroke: "var(--surface)",
        strokeWidth: 3,
      },
    );
  const drawn = gsmt.plot(
    gsmt.base(size, Math.min(size, 380), {
      x: { label: labels.x + " →", domain: [0, 1], ticks: 5, tickFormat: tick, grid: true },
      y: { label: "↑ " + labels.y, domain: [0, 1], ticks: 5, tickFormat: tick, grid: true },
      marks: [
        Plot.dot(known, { x: "x", y: "y", r: 5, fill: (row) => gsmt.colours[row.label === "model" ? 1 : 0] }),
        labelsOf(true, true),
        labelsOf(true, false),
        labelsOf(false, true),
        labelsOf(false, false),
      ],
    }),
  );
  return {
    drawn,
    caption: "Further right more of them are found, further up more of the flagged are right.",
    heads: [labels.label, labels.x, labels.y],
    rows: known.map((row) => [gsmt.words(row.label), text(row.x), text(row.y)]),
  };
};
