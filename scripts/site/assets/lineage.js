// Points out what a box of the lineage comes from and what comes of it.
"use strict";

addEventListener("DOMContentLoaded", () => {
  for (const svg of document.querySelectorAll("svg.lineage")) {
    const lines = [...svg.querySelectorAll("path[data-from]")];
    const boxes = new Map([...svg.querySelectorAll("a")].map((box) => [box.dataset.node, box]));
    const reach = (start, from, to) => {
      const found = new Set([start]);
      const waiting = [start];
      while (waiting.length) {
        const node = waiting.pop();
        for (const line of lines) {
          if (line.dataset[from] === node && !found.has(line.dataset[to])) {
            found.add(line.dataset[to]);
            waiting.push(line.dataset[to]);
          }
        }
      }
      return found;
    };
    const show = (node) => {
      const before = reach(node, "to", "from");
      const after = reach(node, "from", "to");
      for (const [name, box] of boxes) {
        box.classList.toggle("related", before.has(name) || after.has(name));
      }
      for (const line of lines) {
        const { from, to } = line.dataset;
        const related = (before.has(from) && before.has(to)) || (after.has(from) && after.has(to));
        line.classList.toggle("related", related);
      }
      svg.classList.add("pointed");
    };
    const hide = () => svg.classList.remove("pointed");
    for (const [name, box] of boxes) {
      box.addEventListener("mouseenter", () => show(name));
      box.addEventListener("focus", () => show(name));
      box.addEventListener("mouseleave", hide);
      box.addEventListener("blur", hide);
    }
  }
});
