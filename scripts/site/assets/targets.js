// Filters of the targets board; they stand in the address, so that a view can be sent.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("table.board tbody tr")];
  const selects = [...form.querySelectorAll("select")];
  const { view } = gsmt.address();
  for (const select of selects) {
    const asked = view.get(select.name);
    if ([...select.options].some((option) => option.value === asked)) select.value = asked;
  }
  const show = () => {
    for (const row of rows) {
      row.hidden = selects.some((one) => one.value && row.dataset[one.name] !== one.value);
    }
    const shown = rows.filter((row) => row.checkVisibility()).length;
    document.getElementById("shown").textContent = `${shown} shown`;
    gsmt.setView(Object.fromEntries(selects.map((one) => [one.name, one.value || null])));
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("world", show);
  show();
});
