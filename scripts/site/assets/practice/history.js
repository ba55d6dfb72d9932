// What was practised, in this browser alone: one record for each try that was finished.
"use strict";

gsmt.history = {
  // What was read last, so that the same text is not parsed for each thing that is asked of it.
  read: { text: null, records: [] },
  // Records: {kind, id, at, seconds, result, share}; result is solved, failed, shown or marked.
  all() {
    const text = gsmt.recall("practice") || "[]";
    if (text !== gsmt.history.read.text) {
      let records = [];
      try {
        records = JSON.parse(text);
      } catch {
        // Somebody else wrote there.
      }
      gsmt.history.read = { text, records: Array.isArray(records) ? records : [] };
    }
    return gsmt.history.read.records;
  },
  add(record) {
    const added = { at: new Date().toISOString(), ...record };
    gsmt.keep("practice", JSON.stringify([...gsmt.history.all(), added]));
    dispatchEvent(new CustomEvent("practised"));
  },
  of(kind, id) {
    return gsmt.history.all().filter((record) => record.kind === kind && record.id === id);
  },
  isDone(kind, id) {
    return gsmt.history.of(kind, id).some((one) => one.result === "solved" || one.result === "marked");
  },
  forget() {
    gsmt.keep("practice", "[]");
    dispatchEvent(new CustomEvent("practised"));
  },
};

gsmt.clockText = (seconds) => {
  const whole = Math.abs(Math.round(seconds));
  return `${seconds < 0 ? "−" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

// A clock that counts what passes while it runs.
gsmt.Clock = class {
  constructor() {
    this.passed = 0;
    this.since = null;
  }
  start() {
    this.since ??= performance.now();
  }
  stop() {
    this.passed = this.seconds;
    this.since = null;
  }
  reset() {
    this.passed = 0;
    this.since = null;
  }
  get isRunning() {
    return this.since !== null;
  }
  get seconds() {
    return this.passed + (this.since === null ? 0 : (performance.now() - this.since) / 1000);
  }
};
