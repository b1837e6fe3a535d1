// The fence of the house in one table: who stands on which floor, and who may touch the world outside. check.mjs
// enforces it, docs/architecture.md says why it is so, fence.test.ts plants a breach of each kind in each package.

/**
 * The floors from bottom to top. A package imports only from floors below its own: not from above, and not from its
 * neighbours.
 */
export const FLOORS = [
  ["record"],
  ["statistics", "reporting-box"],
  ["agreement", "evidence"],
  ["indicators", "verification", "adjudication", "gate"],
  ["replay"],
  ["views", "audit"],
  ["operation"],
  ["simulation"],
  ["server", "dashboard"],
  ["cli"],
];

/** Arrows that point down and are refused all the same, and why. */
export const NEVER = [
  {
    from: "dashboard",
    to: ["operation", "simulation"],
    because: "the page shows any record and only reads",
  },
];

/** What a store needs: it writes, asks other machines, waits, and names what it writes. */
const STORING = ["files", "network", "timers", "randomness", "node"];

/**
 * What a package may do to the world outside, or ask of it: powers, by place in its `src`. A package or place that is
 * not named is pure: it has none, not even through what it calls. The kinds of power are in powers.mjs.
 */
export const POWERS = {
  record: {
    "files.ts": STORING,
    "store/": STORING,
    "ed25519.ts": ["randomness"],
    "joint/holder-over-http.ts": ["network", "timers"],
    "log/quorum.ts": ["timers"],
    "log/sequencer.ts": ["timers"],
    "primitives/": ["randomness", "threads", "node", "place"],
    "witness/witness-client.ts": ["network", "timers"],
  },
  "reporting-box": { "": ["randomness"] },
  evidence: {
    "bundle/": ["files", "node"],
    "formats/local-time.ts": ["locale"],
    "telemetry/index.ts": STORING,
    "telemetry/store/": STORING,
  },
  operation: { "": "all" },
  simulation: { "": "all" },
  server: { "": "all" },
  dashboard: { "": ["network", "timers", "threads", "place", "locale", "page", "rounding"] },
  cli: { "": "all" },
};

/** Who uses his power only to compute, so that whoever calls him needs none, and why that is believed. */
export const TRUSTED = {
  "packages/record/src/primitives/":
    "Node's own hashes and signatures answer as the browser's do; a test compares",
  "packages/evidence/src/formats/local-time.ts":
    "time zones are named, so that the machine's own is never asked",
};
