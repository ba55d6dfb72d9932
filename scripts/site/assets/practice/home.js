// The page of practice: what is done, what is weak, what comes next, and the draw of a mock.
"use strict";

addEventListener("DOMContentLoaded", async () => {
  const { element, history } = gsmt;
  const root = document.documentElement.dataset.root;
  const { items, skills, minutes } = await gsmt.load("practice/items");
  const levels = ["easy", "medium", "hard"];
  const isDone = (item) => history.isDone(item.kind, item.id);
  const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
  const percent = (share) => `${Math.round(share * 100)} %`;

  const records = (item) => history.of(item.kind, item.id);
  const doneText = (item) => {
    const own = records(item);
    if (!own.length) return "";
    const best = own.reduce((a, b) => ((b.share ?? 0) > (a.share ?? 0) ? b : a));
    if (item.kind !== "sql") return `${percent(best.share ?? 0)} in ${gsmt.clockText(best.seconds)}`;
    const solved = own.filter((one) => one.result === "solved");
    if (solved.length) return `✓ ${gsmt.clockText(Math.min(...solved.map((one) => one.seconds)))}`;
    return own.some((one) => one.result === "shown") ? "solution seen" : "tried";
  };

  // Of the skills that were tried, the one with the smallest share of exercises solved; else the first.
  const nextExercise = () => {
    const exercises = items.filter((item) => item.kind === "sql");
    const weakness = (skill) => {
      const tried = exercises.filter((item) => item.skill === skill && records(item).length);
      return tried.length ? tried.filter(isDone).length / tried.length : 1;
    };
    const open = exercises.filter((item) => !isDone(item));
    return open.sort(
      (a, b) => weakness(a.skill) - weakness(b.skill) || levels.indexOf(a.level) - levels.indexOf(b.level),
    )[0];
  };

  const show = () => {
    const count = (kind) => {
      const own = items.filter((item) => item.kind === kind);
      return `${own.filter(isDone).length} of ${own.length}`;
    };
    document.getElementById("progress").textContent =
      `${count("interview")} interviews, ${count("sql")} exercises, ${count("modelling")} modelling tasks done.`;
    const next = nextExercise();
    document.getElementById("next").replaceChildren(
      ...(next
        ? ["Next: ", element("a", { href: root + next.page }, next.title), ` (${next.level}, ${skills[next.skill]})`]
        : ["All exercises are solved."]),
    );
    for (const row of document.querySelectorAll("tr[data-skill]:not([data-id])")) {
      const own = items.filter((item) => item.skill === row.dataset.skill);
      const times = own.flatMap(records).filter((one) => one.result === "solved").map((one) => one.seconds);
      row.querySelector(".solved").textContent = own.filter(isDone).length;
      row.querySelector(".time").textContent = times.length ? gsmt.clockText(middle(times)) : "";
      const tried = own.filter((item) => records(item).length);
      row.classList.toggle("weak", tried.length > 0 && tried.filter(isDone).length / tried.length < 0.5);
    }
    for (const place of document.querySelectorAll("[data-id]")) {
      const item = items.find((one) => one.kind === place.dataset.kind && one.id === place.dataset.id);
      place.querySelector(".done").textContent = doneText(item);
    }
    const titles = new Map(items.map((item) => [`${item.kind} ${item.id}`, item.title]));
    document.querySelector(".history tbody").replaceChildren(
      ...history.all().toReversed().slice(0, 100).map((one) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, new Date(one.at).toLocaleString()),
          element("td", {}, `${one.kind}: ${titles.get(`${one.kind} ${one.id}`) ?? one.id}`),
          element("td", {}, one.share === undefined ? one.result : `${one.result}, ${percent(one.share)}`),
          element("td", {}, gsmt.clockText(one.seconds)),
        ),
      ),
    );
    filter();
  };

  const selects = [...document.querySelectorAll(".controls select")];
  const filter = () => {
    const asked = Object.fromEntries(selects.map((select) => [select.name, select.value]));
    let shown = 0;
    for (const row of document.querySelectorAll("table.exercises tbody tr")) {
      const fits = ["scenario", "level", "skill"].every((name) => !asked[name] || row.dataset[name] === asked[name]);
      const solved = history.isDone("sql", row.dataset.id);
      row.hidden = !fits || (asked.state && (asked.state === "solved") !== solved);
      shown += row.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = `${shown} exercises`;
  };
  for (const select of selects) select.addEventListener("change", filter);

  const draw = (from, already = []) => {
    const left = from.filter((item) => !already.includes(item));
    const fresh = left.filter((item) => !records(item).length);
    const pool = fresh.length ? fresh : left;
    return pool[Math.floor(Math.random() * pool.length)];
  };
  document.getElementById("draw-mock").addEventListener("click", () => {
    const of = (kind) => items.filter((item) => item.kind === kind);
    const first = draw(of("sql").filter((item) => item.level !== "hard"));
    const second = draw(of("sql").filter((item) => item.level !== "easy"), [first]);
    const parts = [draw(of("interview")), first, second, draw(of("modelling"))];
    gsmt.mock.begin(parts.map(({ kind, id, title, page }) => ({ kind, id, title, page })), minutes);
    location.href = root + parts[0].page;
  });

  document.getElementById("export").addEventListener("click", () => {
    const text = JSON.stringify(history.all(), null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", { href: address, download: "practice.json" }).click();
    URL.revokeObjectURL(address);
  });
  document.getElementById("forget").addEventListener("click", () => {
    if (confirm("Delete your whole history of practice in this browser?")) history.forget();
  });
  addEventListener("practised", show);
  show();
});
