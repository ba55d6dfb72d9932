// A mock in progress: its clock and parts above every page of practice.
"use strict";

gsmt.mock = {
  // {began, seconds, parts: [{kind, id, title, page}]}, or null.
  running() {
    try {
      return JSON.parse(gsmt.recall("mock") || "null");
    } catch {
      return null;
    }
  },
  begin(parts, minutes) {
    gsmt.keep("mock", JSON.stringify({ began: new Date().toISOString(), seconds: minutes * 60, parts }));
  },
  recordsOf(mock, part) {
    return gsmt.history.of(part.kind, part.id).filter((record) => record.at >= mock.began);
  },
  // The share of a part that was done: what is solved is whole, what was marked by hand has its share.
  shareOf(mock, part) {
    const shares = gsmt.mock.recordsOf(mock, part).map((one) => one.share ?? (one.result === "solved" ? 1 : 0));
    return shares.length ? Math.max(...shares) : 0;
  },
  end(mock) {
    const shares = mock.parts.map((part) => gsmt.mock.shareOf(mock, part));
    const seconds = (Date.now() - Date.parse(mock.began)) / 1000;
    gsmt.keep("mock", "null");
    gsmt.history.add({
      kind: "mock",
      id: mock.parts.map((part) => part.id).join(", "),
      seconds: Math.round(Math.min(seconds, mock.seconds)),
      result: "marked",
      share: shares.reduce((sum, one) => sum + one, 0) / shares.length,
    });
  },
};

addEventListener("DOMContentLoaded", () => {
  const mock = gsmt.mock.running();
  if (!mock) return;
  const { element } = gsmt;
  const root = document.documentElement.dataset.root;
  const clock = element("strong", { class: "clock" });
  const links = mock.parts.map((part) =>
    element("li", {}, element("a", { href: root + part.page }, part.title), element("span")),
  );
  const end = element("button", { type: "button" }, "End the mock");
  const bar = element(
    "aside",
    { class: "mock", "aria-label": "Mock in progress" },
    element("p", {}, "Mock: ", clock, " left"),
    element("ol", {}, ...links),
    end,
  );
  document.getElementById("main").before(bar);
  const show = () => {
    const left = mock.seconds - (Date.now() - Date.parse(mock.began)) / 1000;
    clock.textContent = gsmt.clockText(left);
    clock.classList.toggle("over", left < 0);
    mock.parts.forEach((part, place) => {
      const done = gsmt.mock.recordsOf(mock, part).length;
      links[place].lastChild.textContent = done ? ` ${Math.round(gsmt.mock.shareOf(mock, part) * 100)} %` : "";
    });
  };
  end.addEventListener("click", () => {
    gsmt.mock.end(mock);
    location.href = root + "practice/index.html#history-title";
    bar.remove();
  });
  show();
  setInterval(show, 1000);
  addEventListener("practised", show);
});
