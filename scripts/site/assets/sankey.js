// Flows from one column of names to another, each as wide as what went that way; `totals` of names on either side, if given.
"use strict";

gsmt.sankey = (flows, totals, width, height) => {
  const names = [...new Set(flows.flatMap((flow) => [flow.source, flow.target]))].sort();
  const colour = (name) => gsmt.colours[names.indexOf(name) % gsmt.colours.length];
  const nodes = [
    ...[...new Set(flows.map((flow) => flow.source))].map((name) => ({
      id: "from " + name,
      name,
      total: totals?.source[name],
    })),
    ...[...new Set(flows.map((flow) => flow.target))].map((name) => ({
      id: "to " + name,
      name,
      total: totals?.target[name],
    })),
  ];
  const layout = d3
    .sankey()
    .nodeId((node) => node.id)
    .nodeWidth(12)
    .nodePadding(14)
    .extent([
      [4, 8],
      [width - 4, height - 8],
    ]);
  const drawn = layout({
    nodes,
    links: flows.map((flow) => ({
      source: "from " + flow.source,
      target: "to " + flow.target,
      value: flow.value,
    })),
  });
  const number = (value) => gsmt.number({ style: "plain" }, value);
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("width", width);
  svg
    .append("g")
    .attr("class", "flows")
    .attr("fill", "none")
    .selectAll("path")
    .data(drawn.links)
    .join("path")
    .attr("d", d3.sankeyLinkHorizontal())
    .attr("stroke", (link) => colour(link.source.name))
    .attr("stroke-width", (link) => Math.max(1, link.width))
    .attr("data-source", (link) => link.source.name)
    .attr("data-target", (link) => link.target.name)
    .attr("data-value", (link) => link.value)
    .append("title")
    .text((link) => `${link.source.name} → ${link.target.name}: ${number(link.value)}`);
  const boxes = svg.append("g").selectAll("g").data(drawn.nodes).join("g");
  boxes
    .append("rect")
    .attr("x", (node) => node.x0)
    .attr("y", (node) => node.y0)
    .attr("width", (node) => node.x1 - node.x0)
    .attr("height", (node) => Math.max(1, node.y1 - node.y0))
    .attr("fill", (node) => colour(node.name));
  boxes
    .append("text")
    .attr("class", "label")
    .attr("x", (node) => (node.sourceLinks.length ? node.x1 + 6 : node.x0 - 6))
    .attr("y", (node) => (node.y0 + node.y1) / 2)
    .attr("dy", "0.35em")
    .attr("text-anchor", (node) => (node.sourceLinks.length ? "start" : "end"))
    .text((node) => gsmt.words(node.name) + (totals ? " " + number(node.total) : ""));
  return svg.node();
};
