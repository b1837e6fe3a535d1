import { logRulesOf, MODES, type ObligationKind, type ObligationOf } from "@standstill/agreement";
import fc from "fast-check";

const flop = fc.bigInt({ min: 1n, max: 10n ** 27n }).map((amount) => `${amount} FLOP`);
const days = (max: number) => fc.integer({ min: 1, max });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const words = fc.constantFrom("All of it.", "Some of it.");

const head = {
  id: fc.constantFrom("one", "two", "three"),
  title: words,
  mode: fc.constantFrom(...MODES),
  clause: optional(fc.constant("Article 1")),
  rests: optional(fc.constant<string[]>(["run"])),
  binds: optional(fc.constant("few")),
};
const taper = optional(
  fc.array(fc.record({ afterDays: fc.integer({ min: 0, max: 400 }), limit: flop }), {
    minLength: 1,
    maxLength: 4,
  }),
);
const h100e = optional(fc.integer({ min: 1, max: 99_999 }).map(String));

/** An obligation of each kind: the compiler asks for a new one here. */
export const obligations: {
  readonly [Kind in ObligationKind]: fc.Arbitrary<ObligationOf<Kind>>;
} = {
  "training-run-limit": fc.record({
    ...head,
    kind: fc.constant("training-run-limit"),
    limit: flop,
    over: optional(fc.constantFrom("run", "lineage")),
    taper,
  }),
  "post-training-limit": fc.record({
    ...head,
    kind: fc.constant("post-training-limit"),
    limit: flop,
  }),
  "training-declared": fc.record({
    ...head,
    kind: fc.constant("training-declared"),
    above: flop,
  }),
  "declared-before-start": fc.record({
    ...head,
    kind: fc.constant("declared-before-start"),
    above: flop,
    noticeDays: fc.integer({ min: 0, max: 365 }),
    silence: fc.constantFrom("approval", "refusal"),
    approvedBy: optional(fc.constant("inspectors")),
  }),
  "cluster-limit": fc.record({
    ...head,
    kind: fc.constant("cluster-limit"),
    aboveH100e: h100e,
    aboveMemory: optional(fc.constant("1000000000000 bytes")),
    aboveBandwidth: optional(fc.constant("25000000000 bit/s")),
    stance: fc.constantFrom("forbidden", "declared"),
    withinDays: optional(days(3650)),
  }),
  "research-compute-limit": fc.record({
    ...head,
    kind: fc.constant("research-compute-limit"),
    limit: flop,
    perDays: days(3660),
    taper,
  }),
  "accelerators-registered": fc.record({
    ...head,
    kind: fc.constant("accelerators-registered"),
    located: optional(fc.boolean()),
    everyDays: optional(days(3660)),
  }),
  "release-gate": fc.record({
    ...head,
    kind: fc.constant("release-gate"),
    safeguards: fc.constant<string[]>(["evaluations"]),
  }),
  "automation-limit": fc.record({
    ...head,
    kind: fc.constant("automation-limit"),
    from: fc.constant("wire"),
    practice: words,
  }),
  "powered-off": fc.record({
    ...head,
    kind: fc.constant("powered-off"),
    aboveH100e: h100e,
    shownBy: words,
  }),
  report: fc.record({
    ...head,
    kind: fc.constant("report"),
    of: words,
    to: fc.constant("the panel"),
    withinHours: days(87_600),
  }),
  "activity-log": fc.record({
    ...head,
    kind: fc.constant("activity-log"),
    rules: optional(fc.subarray(logRulesOf({}).slice(), { minLength: 1 })),
  }),
  "activity-limit": fc.record({
    ...head,
    kind: fc.constant("activity-limit"),
    per: fc.constantFrom("logical-run", "total"),
    activities: optional(
      fc.subarray<"training" | "inference">(["training", "inference"], { minLength: 1 }),
    ),
    limit: flop,
  }),
  conduct: fc.record({ ...head, kind: fc.constant("conduct"), text: words }),
};
