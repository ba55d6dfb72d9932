// A picture of the library as a part of the page: its names of marks are for programmers and not for readers.
"use strict";

gsmt.plot = (options) => {
  const plot = Plot.plot(options);
  for (const mark of plot.querySelectorAll("[aria-label], [aria-description]")) {
    mark.removeAttribute("aria-label");
    mark.removeAttribute("aria-description");
  }
  return plot;
};
