// The exercises of a scenario: one editor, one engine, the exercise that the address names.
"use strict";

addEventListener("DOMContentLoaded", async () => {
  const { element, history } = gsmt;
  const find = (id) => document.getElementById(id);
  const scenario = find("sql").dataset.scenario;
  const articles = new Map([...document.querySelectorAll("article.exercise")].map((one) => [one.id, one]));
  const [choose, state, verdict, result, solution] = ["choose", "state", "verdict", "result", "solution"].map(find);
  const buttons = { run: find("run"), check: find("check"), stop: find("stop"), solve: find("solve") };
  const face = document.querySelector(".exercise-head .clock");
  const clock = new gsmt.Clock();
  let article = null;
  let engine = null;
  let content = null;
  let working = null;

  const draft = () => `draft.${article.dataset.id}`;
  const editor = gsmt.editor(find("editor"), {
    run: () => run(),
    check: () => check(),
    changed: (text) => {
      clock.start();
      gsmt.keep(draft(), text);
    },
  });

  const table = (columns, rows) =>
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...columns.map(([name, type]) =>
        element("th", { scope: "col" }, name, element("small", {}, ` ${(type ?? "").toLowerCase()}`))))),
      element("tbody", {}, ...rows.map((row) =>
        element("tr", {}, ...row.map((value) =>
          value === null ? element("td", { class: "null" }, "null") : element("td", {}, String(value)))))),
    );
  const exercise = () => content.exercises[article.dataset.id];
  // One grader for each exercise and engine: what it has planted stays.
  let made = null;
  const grader = async () => {
    if (made?.engine !== engine || made.exercise !== exercise()) {
      made = await gsmt.Grader.of(engine, exercise(), content);
    }
    return made;
  };

  const showTables = () => {
    const names = article.dataset.tables.split(" ");
    const schema = {};
    for (const box of document.querySelectorAll("details.schema")) {
      box.hidden = !names.includes(box.dataset.table);
      if (!box.hidden) schema[box.dataset.table] = [...box.querySelectorAll("tbody th code")].map((one) => one.textContent);
    }
    editor.schema = schema;
  };
  const open = () => {
    const asked = articles.get(gsmt.address().place) ?? articles.get(choose.value) ?? [...articles.values()][0];
    if (asked === article) return;
    article = asked;
    for (const one of articles.values()) one.hidden = one !== article;
    choose.value = article.id;
    find("exercise-title").textContent = article.dataset.title;
    find("about").textContent = article.dataset.about;
    for (const place of [verdict, result, solution]) place.replaceChildren();
    solution.hidden = true;
    buttons.solve.setAttribute("aria-expanded", "false");
    showTables();
    editor.text = gsmt.recall(draft()) ?? "";
    clock.reset();
  };

  const start = async () => {
    engine = null;
    state.textContent = "DuckDB is starting.";
    const packed = await gsmt.load("practice/engine");
    content = await gsmt.load(`practice/${scenario}`);
    engine = await gsmt.Engine.start(packed, content.worlds);
    state.textContent = "Ready.";
  };
  // One thing at a time; what was asked for while the engine starts waits for it.
  const work = async (task) => {
    if (working) return;
    const stopped = new Promise((_, reject) => (working = { stop: () => reject(new Error("stopped")) }));
    for (const button of [buttons.run, buttons.check]) button.disabled = true;
    buttons.stop.disabled = false;
    editor.markLine(null);
    verdict.replaceChildren();
    try {
      await Promise.race([ready, stopped]);
      state.textContent = "Running.";
      const began = performance.now();
      const said = await Promise.race([grader().then(task), stopped]);
      state.textContent = `${said} ${Math.round(performance.now() - began)} ms.`;
    } catch (error) {
      if (error.message === "stopped") {
        engine?.stop();
        result.replaceChildren();
        ready = start();
      } else {
        state.textContent = "Your query does not run.";
        result.replaceChildren();
        verdict.replaceChildren(element("pre", { class: "error" }, error.message));
        editor.markLine(error.line ?? null);
      }
    } finally {
      working = null;
      for (const button of [buttons.run, buttons.check]) button.disabled = false;
      buttons.stop.disabled = true;
    }
  };
  const runOn = async (one) => {
    const found = await one.run(editor.text);
    result.replaceChildren(element("p", { class: "quiet" }, "Your rows:"), table(found.columns, found.rows));
    performance.mark("answer");
    const shown = found.count > found.rows.length ? `, the first ${found.rows.length} shown` : "";
    return `${found.count} ${found.count === 1 ? "row" : "rows"}${shown}.`;
  };
  const run = () => work(runOn);
  const check = () =>
    work(async (one) => {
      const said = await runOn(one);
      const found = await one.grade(editor.text);
      tell(found);
      const passed = !found;
      if (passed) clock.stop();
      history.add({
        kind: "sql",
        id: article.dataset.id,
        seconds: Math.round(clock.seconds),
        result: passed ? "solved" : "failed",
      });
      return said;
    });
  const tell = (found) => {
    if (!found) {
      verdict.replaceChildren(element("p", { class: "decision good" }, "Right, on the world that you see and on the hidden one."));
      return;
    }
    const where =
      found.world === "visible"
        ? "this is not the answer on the world that you see."
        : "right on the world that you see, but not on the hidden one.";
    verdict.replaceChildren(element("p", { class: "decision bad" }, `Not yet: ${where} ${found.said}`));
    const rows = [
      ["expected", found.missing, found.missingRows],
      ["yours", found.unexpected, found.unexpectedRows],
    ].filter(([, row]) => row);
    if (rows.length) {
      verdict.append(
        element(
          "div",
          { class: "wide", role: "region", "aria-label": "Rows that differ", tabindex: 0 },
          table(
            [["", ""], ...found.columns.map((name) => [name, ""]), ["such rows", ""]],
            rows.map(([who, row, count]) => [who, ...row, count]),
          ),
        ),
      );
    }
  };

  buttons.run.addEventListener("click", run);
  buttons.check.addEventListener("click", check);
  buttons.stop.addEventListener("click", () => working?.stop());
  buttons.solve.addEventListener("click", async () => {
    content ??= await gsmt.load(`practice/${scenario}`);
    if (solution.hidden && !history.isDone("sql", article.dataset.id)) {
      history.add({ kind: "sql", id: article.dataset.id, seconds: Math.round(clock.seconds), result: "shown" });
    }
    solution.hidden = !solution.hidden;
    buttons.solve.setAttribute("aria-expanded", String(!solution.hidden));
    const text = element("code", {}, ...gsmt.colouredSql(exercise().solution));
    solution.replaceChildren(element("pre", { tabindex: 0 }, text));
  });
  choose.addEventListener("change", () => (location.hash = choose.value));
  addEventListener("hashchange", open);
  for (const box of document.querySelectorAll("details.schema")) {
    box.addEventListener("toggle", async () => {
      const place = box.querySelector(".sample");
      if (!box.open || place.firstChild) return;
      await ready;
      if (working) return;
      const found = await (await grader()).run(`from ${box.dataset.table} limit 5`);
      place.replaceChildren(element("p", { class: "quiet" }, "Some rows:"), table(found.columns, found.rows));
    });
  }
  setInterval(() => (face.textContent = gsmt.clockText(clock.seconds)), 500);
  open();
  clock.reset();
  let ready = start();
  gsmt.practice = { ready: () => ready, engine: () => engine, content: () => content };
});
