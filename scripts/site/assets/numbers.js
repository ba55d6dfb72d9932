// Numbers as people read them, in the same way as scripts/site/units.py.
"use strict";

gsmt.number = (format, value) => {
  if (value === null || value === undefined) return "–";
  if (format.style === "share") {
    const digits = value === 0 ? 0 : Math.abs(value) < 0.01 ? 2 : 1;
    return gsmt.fixed(100 * value, digits) + " %";
  }
  if (format.style === "dollars") {
    return (value < 0 ? "−" : "") + "$" + gsmt.fixed(Math.abs(value), 2);
  }
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return gsmt.fixed(value, digits);
};

gsmt.fixed = (value, digits) => {
  const text = Math.abs(value).toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return value < 0 && /[1-9]/.test(text) ? "−" + text : text;
};

// On an axis a number has no digits that say nothing.
gsmt.tick = (format, value) => gsmt.number(format, value).replace(/(\.\d*?)0+(?=$|\D)/, "$1").replace(/\.(?=$|\D)/, "");
