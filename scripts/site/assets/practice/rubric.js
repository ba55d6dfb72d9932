// Ticks what a text names for certain: the very words of a name, in their order, one or many.
"use strict";

gsmt.words = (text) =>
  ` ${text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim()} `;

gsmt.names = (text, term) => {
  const words = gsmt.words(text);
  const named = gsmt.words(term).trim();
  return words.includes(` ${named} `) || words.includes(` ${named}s `) || words.includes(` ${named.replace(/s$/, "")} `);
};

gsmt.tickNamed = (boxes, text) => {
  for (const box of boxes) {
    if (box.dataset.terms && box.dataset.terms.split("|").some((term) => gsmt.names(text, term))) {
      box.checked = true;
    }
  }
};

// How many of some boxes are ticked, and of how many.
gsmt.marks = (boxes) => [boxes.filter((box) => box.checked).length, boxes.length];
