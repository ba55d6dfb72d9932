// DuckDB in the page: a worker without any way to the web, made of what data/practice/engine.js holds.
"use strict";

// The worker gets its module by a message: a page from the disk may not read a file, and nothing else is to be read.
gsmt.workerWithoutWeb = `
let give;
const given = new Promise((resolve) => { give = resolve; });
self.addEventListener("message", (event) => {
  if (event.data.module) {
    event.stopImmediatePropagation();
    give(event.data.module);
  }
});
self.fetch = async () => new Response(await given, { headers: { "content-type": "application/wasm" } });
for (const way of ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"]) delete self[way];
`;

gsmt.bytesOf = (text) => {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  return bytes;
};

gsmt.unpacked = (text) => {
  const stream = new Blob([gsmt.bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
};

gsmt.Engine = class {
  // Starts DuckDB with the tables of a scenario's worlds, copied into memory.
  static async start(packed, worlds) {
    const [script, module, file] = await Promise.all(
      [packed.worker, packed.module, worlds].map(gsmt.unpacked),
    );
    const source = new Blob([gsmt.workerWithoutWeb, script], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(source));
    worker.postMessage({ module }, [module]);
    const database = new workbench.AsyncDuckDB(new workbench.VoidLogger(), worker);
    // The address is of nothing: whatever the worker asks for, it is given the module.
    await database.instantiate("https://engine.invalid/duckdb.wasm");
    await database.registerFileBuffer("worlds.duckdb", new Uint8Array(file));
    await database.open({});
    const engine = new gsmt.Engine(worker, await database.connect());
    // An extension would come from the web.
    await engine.rows("set autoinstall_known_extensions = false");
    await engine.rows("set autoload_known_extensions = false");
    await engine.rows("attach 'worlds.duckdb' as built (read_only)");
    const tables = await engine.rows(
      "select schema_name, table_name from duckdb_tables() where database_name = 'built'",
    );
    for (const [schema, table] of tables) {
      await engine.rows(`create schema if not exists ${schema}`);
      await engine.rows(`create table ${schema}.${table} as from built.${schema}.${table}`);
    }
    await engine.rows("detach built");
    return engine;
  }

  constructor(worker, connection) {
    this.worker = worker;
    this.connection = connection;
  }

  // The rows of a query, each a list of what Arrow makes of its values; DuckDB's own words when it fails.
  async rows(query) {
    const result = await this.connection.query(query);
    const columns = result.schema.fields.map((field, place) => result.getChildAt(place));
    return Array.from({ length: result.numRows }, (_, row) => columns.map((column) => column.get(row)));
  }

  // Whatever it is doing, it does no more.
  stop() {
    this.worker.terminate();
  }
};
