/** Evasions that checks of activity logs are tried against; a log without findings excludes them as far as docs/activity-log.md tells. */
export const COVERED_EVASIONS: readonly string[] = [
  "dropped-records",
  "undeclared-device",
  "work-in-outage",
  "two-things-at-once",
  "work-above-peak",
  "work-while-idle",
  "training-as-inference",
  "understated-flop",
  "padded-tokens",
  "replayed-records",
  "copied-records",
  "splitting",
  "rotated-names",
  "parallel-pieces",
  "undeclared-change",
  "unapproved-data",
  "false-data-origin",
  "phantom-parent",
  "hidden-ancestry",
  "edited-log",
];
/** Evasions that no activity log can show by itself: the operator writes it. */
export const UNCOVERED_EVASIONS: readonly string[] = [
  "invented-log",
  "undeclared-accelerators",
  "undeclared-site",
  "understated-flop-and-tokens",
  "serving-told-well",
  "unnamed-teacher",
  "unlinked-pieces",
  "replay-with-noise",
];
