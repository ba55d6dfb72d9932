// Search over questions, metrics, signals, fields and targets: the key / from anywhere.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const dialog = document.getElementById("search");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const said = dialog.querySelector("[role=status]");
  const root = document.documentElement.dataset.root;

  const open = async () => {
    dialog.showModal();
    input.select();
    await gsmt.load("search");
    show();
  };

  const plain = (text) => text.toLowerCase().replaceAll("_", " ");

  const rank = (entry, words) => {
    const name = plain(entry.name);
    const text = plain(`${entry.name} ${entry.kind} ${entry.where} ${entry.text}`);
    if (!words.every((word) => text.includes(word))) return -1;
    if (words.every((word) => name.startsWith(word))) return 3;
    return words.every((word) => name.includes(word)) ? 2 : 1;
  };

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const entries = gsmt.loaded.get("search") || [];
    const found = entries
      .map((entry, place) => ({ entry, place, rank: words.length ? rank(entry, words) : 0 }))
      .filter((one) => (words.length ? one.rank > 0 : one.entry.kind === "question"))
      .sort((a, b) => b.rank - a.rank || a.place - b.place)
      .slice(0, 40);
    list.replaceChildren(
      ...found.map(({ entry }) =>
        gsmt.element(
          "li",
          {},
          gsmt.element(
            "a",
            { href: gsmt.inThisWorld(root + entry.link), on: { click: () => dialog.close() } },
            gsmt.element("span", { class: "kind" }, entry.kind),
            gsmt.element("span", { class: "name" }, entry.name),
            gsmt.element("span", { class: "where" }, entry.where),
          ),
        ),
      ),
    );
    said.textContent = found.length ? `${found.length} found` : "Nothing is called so.";
  };

  input.addEventListener("input", show);
  document.getElementById("open-search").addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const links = [...list.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? place + 1 : place - 1;
    (links[next] || input).focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
});
