// What the pages of exercises use of CodeMirror and of DuckDB's client, as one script: `workbench`.
export { autocompletion } from "@codemirror/autocomplete";
export { indentWithTab } from "@codemirror/commands";
export { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
export { PostgreSQL, sql } from "@codemirror/lang-sql";
export { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
export { Decoration, EditorView, keymap } from "@codemirror/view";
export { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
export { tags } from "@lezer/highlight";
export { basicSetup } from "codemirror";
