// A modelling task: one's own tables, then ours beside them.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const head = document.getElementById("modelling");
  const own = document.getElementById("own");
  const pattern = document.getElementById("own-table");
  const ours = document.getElementById("ours");
  const result = document.getElementById("result");
  const boxes = [...ours.querySelectorAll("input[type=checkbox]")];
  const clock = new gsmt.Clock();
  const face = head.querySelector(".clock");
  const start = document.getElementById("start");

  const add = (kind) => {
    const row = pattern.content.cloneNode(true).firstElementChild;
    row.querySelector("select").value = kind;
    row.querySelector(".remove").addEventListener("click", () => row.remove());
    own.append(row);
    return row;
  };
  add("fact");
  add("fact");
  add("dimension");

  const singular = (text) => gsmt.words(text).trim().replace(/ies$/, "y").replace(/s$/, "");
  const showMarks = () => {
    const [named, all] = gsmt.marks(boxes);
    result.textContent = `${named} of ${all} tables are yours too.`;
  };
  start.addEventListener("click", () => {
    clock.start();
    start.disabled = true;
    own.querySelector("input").focus();
  });
  document.getElementById("add").addEventListener("click", () => add("fact").querySelector("input").focus());
  document.getElementById("compare").addEventListener("click", () => {
    ours.hidden = false;
    for (const row of own.querySelectorAll("li")) {
      const kind = row.querySelector("select").value;
      const name = row.querySelector("[name=name]").value.replace(/^(fct|fact|dim|dimension)_/, "");
      // A name of more words is another table: `rides` is not `ride_riders`.
      for (const box of boxes) {
        const isSameKind = box.closest("tr").dataset.kind === kind;
        if (isSameKind && singular(box.dataset.noun) === singular(name)) box.checked = true;
      }
    }
    showMarks();
    ours.scrollIntoView();
  });
  ours.addEventListener("change", showMarks);
  document.getElementById("keep").addEventListener("click", () => {
    clock.stop();
    const [named, all] = gsmt.marks(boxes);
    gsmt.history.add({
      kind: "modelling",
      id: head.dataset.id,
      seconds: Math.round(clock.seconds),
      result: "marked",
      share: named / all,
    });
    result.textContent = `Kept: ${named} of ${all}, in ${gsmt.clockText(clock.seconds)}`;
  });
  setInterval(() => (face.textContent = gsmt.clockText(clock.seconds)), 500);
});
