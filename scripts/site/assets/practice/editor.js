// The editor of queries: colours of the page, completion of tables and columns, a mark on the line of an error.
"use strict";

gsmt.editor = (parent, { run, check, changed }) => {
  const { EditorView, EditorState, Compartment, Decoration, HighlightStyle, Prec, StateEffect, StateField } = workbench;
  const { tags } = workbench;
  const style = HighlightStyle.define([
    { tag: tags.keyword, color: "var(--sql-keyword)", fontWeight: "600" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--sql-text)" },
    { tag: [tags.number, tags.bool, tags.null], color: "var(--sql-number)" },
    { tag: tags.comment, color: "var(--sql-comment)", fontStyle: "italic" },
    { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--sql-function)" },
  ]);
  const setError = StateEffect.define();
  const error = StateField.define({
    create: () => Decoration.none,
    update(marks, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(setError)) {
          const line = effect.value;
          if (line === null || line < 1 || line > transaction.state.doc.lines) return Decoration.none;
          const mark = Decoration.line({ class: "error-line" });
          return Decoration.set([mark.range(transaction.state.doc.line(line).from)]);
        }
      }
      return transaction.docChanged ? Decoration.none : marks;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  const language = new Compartment();
  const keys = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Mod-Shift-Enter", run: () => (check(), true) },
  ];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        workbench.basicSetup,
        Prec.highest(workbench.keymap.of(keys)),
        workbench.syntaxHighlighting(style),
        language.of(workbench.sql({ dialect: workbench.PostgreSQL })),
        error,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-labelledby": "editor-title" }),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    // Tables that may be completed: {name: [columns]}.
    set schema(schema) {
      const support = workbench.sql({ dialect: workbench.PostgreSQL, schema });
      // Columns are completed before the query says of which table they are.
      const columns = Object.entries(schema).flatMap(([table, names]) =>
        names.map((label) => ({ label, detail: table, type: "property", boost: 2 })),
      );
      const complete = (context) => {
        const word = context.matchBefore(/\w+/);
        return word && { from: word.from, options: columns, validFor: /^\w*$/ };
      };
      const extension = [support, support.language.data.of({ autocomplete: complete })];
      view.dispatch({ effects: language.reconfigure(extension) });
    },
    markLine(line) {
      view.dispatch({ effects: setError.of(line) });
    },
    focus() {
      view.focus();
    },
  };
};
