// A mock interview: a clock for each part, an answer in one's own words, a rubric to mark it by.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const head = document.getElementById("interview");
  const start = document.getElementById("start");
  const result = document.getElementById("result");
  const parts = [...document.querySelectorAll(".part[data-part]")].map((section) => ({
    section,
    clock: new gsmt.Clock(),
    face: section.querySelector(".clock"),
    minutes: Number(section.dataset.minutes),
    text: section.querySelector("textarea"),
    uncover: section.querySelector(".uncover"),
    rubric: section.querySelector(".rubric"),
    boxes: [...section.querySelectorAll(".rubric input")],
    marks: section.querySelector(".marks"),
  }));

  const run = (part) => {
    for (const other of parts) other.clock.stop();
    if (part) part.clock.start();
  };
  const showClocks = () => {
    for (const part of parts) {
      const left = part.minutes * 60 - part.clock.seconds;
      part.face.textContent = gsmt.clockText(left);
      part.face.classList.toggle("over", left < 0);
      part.section.classList.toggle("running", part.clock.isRunning);
    }
  };
  const total = () => {
    const open = parts.filter((part) => !part.rubric.hidden);
    const [named, all] = open
      .map((part) => gsmt.marks(part.boxes))
      .reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    return { open, named, all };
  };
  const showMarks = () => {
    for (const part of parts) {
      if (part.rubric.hidden) continue;
      const [named, all] = gsmt.marks(part.boxes);
      part.marks.textContent = `${named} of ${all}`;
    }
    const { open, named, all } = total();
    result.textContent = all
      ? `${named} of ${all} named, in ${open.length} of ${parts.length} parts`
      : "Uncover the parts and tick what you named.";
  };

  start.addEventListener("click", () => {
    run(parts[0]);
    start.disabled = true;
    parts[0].text.focus();
    showClocks();
  });
  parts.forEach((part, place) => {
    // Whoever writes in a part is at that part; before the start nothing runs.
    part.text.addEventListener("focus", () => start.disabled && part.rubric.hidden && run(part));
    part.uncover.addEventListener("click", () => {
      part.rubric.hidden = false;
      part.uncover.setAttribute("aria-expanded", "true");
      part.uncover.disabled = true;
      gsmt.tickNamed(part.boxes, part.text.value);
      const next = parts.slice(place + 1).find((one) => one.rubric.hidden);
      if (start.disabled) run(next);
      showMarks();
      showClocks();
    });
    part.rubric.addEventListener("change", showMarks);
  });
  document.getElementById("keep").addEventListener("click", () => {
    run(null);
    const { named, all } = total();
    const seconds = parts.reduce((sum, part) => sum + part.clock.seconds, 0);
    gsmt.history.add({
      kind: "interview",
      id: head.dataset.id,
      seconds: Math.round(seconds),
      result: "marked",
      share: all ? named / all : 0,
      parts: Object.fromEntries(
        parts.map((part) => [part.section.dataset.part, part.rubric.hidden ? null : gsmt.marks(part.boxes)]),
      ),
    });
    showClocks();
    result.textContent = `Kept: ${named} of ${all}, in ${gsmt.clockText(seconds)}`;
  });
  setInterval(showClocks, 500);
});
