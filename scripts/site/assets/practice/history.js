// What was practised, in this browser alone: one record for each try that was finished.
"use strict";

gsmt.history = {
  // Records: {kind, id, at, seconds, result, share}; result is solved, failed, shown or marked.
  all() {
    try {
      const found = JSON.parse(gsmt.recall("practice") || "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  },
  add(record) {
    const all = gsmt.history.all();
    all.push({ at: new Date().toISOString(), ...record });
    gsmt.keep("practice", JSON.stringify(all));
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
