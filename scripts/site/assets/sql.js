// Whiteboard queries: colours, a choice of dialect, and a copy.
"use strict";

gsmt.sqlTokens =
  /(--[^\n]*)|('(?:[^']|'')*')|\b(\d+(?:\.\d+)?)\b|\b(select|from|where|group|by|order|having|with|as|on|and|or|not|in|is|null|case|when|then|else|end|join|left|right|inner|full|cross|outer|lateral|union|all|distinct|filter|over|partition|rows|range|between|preceding|following|unbounded|current|row|interval|cast|date|timestamp|asc|desc|limit|exists|using|values|true|false|within|nulls|first|last|qualify|grouping|sets|unnest|extract|epoch)\b|\b([a-z_][a-z0-9_]*)(?=\()/gi;

// The text of a query as elements, so that whatever stands in it is text.
gsmt.colouredSql = (text) => {
  const parts = [];
  let end = 0;
  const kinds = ["comment", "text", "number", "keyword", "function"];
  for (const match of text.matchAll(gsmt.sqlTokens)) {
    parts.push(text.slice(end, match.index));
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)];
    parts.push(gsmt.element("span", { class: "sql-" + kind }, match[0]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
};

gsmt.showQueries = (box) => {
  const code = box.querySelector("code");
  const query = box.querySelector("select[name=query]");
  const dialect = box.querySelector("select[name=dialect]");
  const claim = box.querySelector(".claim");
  const copy = box.querySelector("button");
  const show = async () => {
    const texts = await gsmt.load(box.dataset.sql);
    const text = texts[query.value]?.[dialect.value] ?? code.textContent;
    code.replaceChildren(...gsmt.colouredSql(text));
    claim.textContent = dialect.selectedOptions[0].dataset.claim;
  };
  query.addEventListener("change", show);
  dialect.addEventListener("change", show);
  copy.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // From the disk some browsers have no clipboard; a selection can still be copied.
      getSelection().selectAllChildren(code);
      done = document.execCommand("copy");
    }
    copy.textContent = done ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  });
  show();
};

addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("details.queries")) {
    box.addEventListener("toggle", () => box.open && gsmt.showQueries(box), { once: true });
  }
});
