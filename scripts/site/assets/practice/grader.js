// Grades a query by its results, as scripts/practice/grading.py does, with the same comparison in SQL.
"use strict";

gsmt.numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|DOUBLE|FLOAT|REAL)$/i;
gsmt.shownRows = 200;

gsmt.QueryError = class extends Error {
  // The query begins on the second line of what is run; the page shows each line of a message once.
  constructor(error) {
    const [said, ...more] = error.message.split(/\n(?=LINE \d+:)/);
    const place = more.length ? "\n" + more[0] : "";
    super((said + place).replace(/LINE (\d+):/g, (_, line) => `LINE ${line - 1}:`));
    const line = this.message.match(/LINE (\d+):/);
    this.line = line ? Number(line[1]) : null;
  }
};

// The statement that makes the cells of a table: numbers as doubles, all else as text, midnight as its day.
gsmt.cells = (name, columns) => {
  const isNumber = columns.map(([, type]) => gsmt.numeric.test(type));
  const values = columns.map(([column], place) => {
    const quoted = `"${column.replaceAll('"', '""')}"`;
    return isNumber[place]
      ? `cast(${quoted} as double) as c${place + 1}`
      : `regexp_replace(cast(${quoted} as varchar), ' 00:00:00(\\.0+)?$', '') as c${place + 1}`;
  });
  const places = columns.map((_, place) => place);
  const texts = places.filter((place) => !isNumber[place]).map((place) => `c${place + 1}`);
  const numbers = places.filter((place) => isNumber[place]).map((place) => `c${place + 1}`);
  const order = [...texts, ...numbers.map((column) => `cast(${column} as real)`), ...numbers];
  const rows = places.map(
    (place) => `select line, place, ${place + 1} as position,
      ${isNumber[place] ? `c${place + 1}` : "cast(null as double)"} as number,
      ${isNumber[place] ? "cast(null as varchar)" : `c${place + 1}`} as text from lines`,
  );
  return `create or replace temp table ${name}_cells as
    with
    places as (select row_number() over () as place, ${values.join(", ")} from ${name}),
    lines as (select *, row_number() over (order by ${order.join(", ")}) as line from places)
    ${rows.join(" union all ")}`;
};

gsmt.Grader = class {
  // Grades answers to an exercise; its tables are copied, so that edge cases can be planted in the copies.
  static async of(engine, exercise, content) {
    await engine.rows("set schema = 'main'");
    await engine.rows("drop schema if exists planted cascade");
    await engine.rows("create schema planted");
    for (const table of exercise.tables) {
      await engine.rows(`create table planted.${table} as from hidden.${table}`);
    }
    await engine.rows("set schema = 'planted'");
    for (const one of exercise.edge_cases) await engine.rows(one.statement);
    return new gsmt.Grader(engine, exercise, content);
  }

  constructor(engine, exercise, content) {
    Object.assign(this, { engine, exercise, content, fingerprints: new Map(), kept: new Map() });
  }

  // What a query answers on the visible world: names and types, the first rows as text, and how many there are.
  async run(query) {
    const columns = await this.keep(query, "visible", "answer");
    const [[count]] = await this.engine.rows("select count(*) from answer");
    const rows = await this.engine.rows(
      `select cast(columns(*) as varchar) from answer limit ${gsmt.shownRows}`,
    );
    return { columns, rows, count: Number(count) };
  }

  // What is wrong with a query on the first world where anything is: null when it passes both.
  async grade(query) {
    for (const world of ["visible", "hidden"]) {
      const answer = await this.fingerprint(query, world);
      if (answer === (await this.fingerprint(this.exercise.solution, world))) continue;
      const difference = await this.difference(query, world);
      if (!difference) continue;
      for (const wrong of this.exercise.wrong_solutions) {
        if ((await this.fingerprint(wrong.query, world)) === answer) {
          return { world, ...difference, wrongSolution: wrong.name, said: wrong.feedback };
        }
      }
      return { world, ...difference, wrongSolution: null, said: this.content.rules[difference.rule] };
    }
    return null;
  }

  async difference(query, world) {
    const expected = await this.keep(this.exercise.solution, world, "expected");
    const columns = await this.keep(query, world, "answer");
    if (expected.length !== columns.length) return { rule: "columns" };
    await this.engine.rows(`set variable is_ordered = ${this.exercise.is_ordered}`);
    const [found] = await this.engine.rows(this.content.comparison);
    if (!found) return null;
    const [rule, missing, unexpected, missingRows, unexpectedRows] = found;
    return {
      rule,
      columns: expected.map(([name]) => name),
      missing: await this.row("expected", missing),
      unexpected: await this.row("answer", unexpected),
      missingRows: Number(missingRows),
      unexpectedRows: Number(unexpectedRows),
    };
  }

  // Keeps what a query answers as a table and as cells; gives its columns with types. What is kept is not run again.
  async keep(query, world, name) {
    const key = `${world} ${query}`;
    if (this.kept.get(name)?.key === key) return this.kept.get(name).columns;
    this.kept.delete(name);
    await this.engine.rows(`set schema = '${world === "hidden" ? "planted" : world}'`);
    const text = query.trimEnd().replace(/;$/, "");
    try {
      await this.engine.rows(`create or replace temp table ${name} as from (\n${text}\n)`);
    } catch (error) {
      throw new gsmt.QueryError(error);
    }
    const columns = (await this.engine.rows(`describe ${name}`)).map(([column, type]) => [column, type]);
    await this.engine.rows(gsmt.cells(name, columns));
    this.kept.set(name, { key, columns });
    return columns;
  }

  // The same text for the same answers; of answers that differ by a rounding error it may differ.
  async fingerprint(query, world) {
    const key = `${world} ${query}`;
    if (!this.fingerprints.has(key)) {
      await this.keep(query, world, "answer");
      const [found] = await this.engine.rows(this.content.fingerprint);
      this.fingerprints.set(key, found.slice(0, this.exercise.is_ordered ? 3 : 2).join(" "));
    }
    return this.fingerprints.get(key);
  }

  async row(name, line) {
    if (line === null) return null;
    const [found] = await this.engine.rows(`
      select cast(columns(* exclude (place)) as varchar)
      from (select *, row_number() over () as place from ${name})
      where place = (select any_value(place) from ${name}_cells where line = ${line})`);
    return found;
  }
};
