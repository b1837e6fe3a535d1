import { z } from "zod";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

const NAMES = [
  "log-whole",
  "time-covered",
  "one-at-a-time",
  "work-possible",
  "work-as-told",
  "permitted",
  "one-context",
  "origin-told",
] as const;
/** One thing that is asked of an activity log besides limits. */
export type LogRule = (typeof NAMES)[number];

/** What is asked of activity logs, in prose. */
export const LOG_RULES: { readonly [Rule in LogRule]: string } = {
  "log-whole": "The log is whole, and nothing in it was changed later.",
  "time-covered": "Every listed device is told of for all of the agreed time, and no other.",
  "one-at-a-time": "A device does one thing at a time.",
  "work-possible": "No device does more than it can, and idle ones do nothing.",
  "work-as-told": "Compute, tokens, model and activity fit together.",
  permitted: "Activities, teams, regions, models and data are those that were agreed.",
  "one-context":
    "A run keeps its model, code, data, configuration and team unless a change is declared.",
  "origin-told": "Every model and every piece of data comes from where it is said to come from.",
};

/** Each report of a site names a log of what its accelerators did, and the log keeps rules. */
export type ActivityLogKept = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("activity-log"),
  /** Rules that the log keeps; all of them where absent. */
  rules: z.array(z.enum(NAMES)).min(1).readonly().optional(),
});

/** Rules that an obligation asks a log to keep. */
export function logRulesOf({ rules }: Pick<ActivityLogKept, "rules">): readonly LogRule[] {
  return rules ?? NAMES;
}

/** The rule of `activity-log`. */
export const activityLog = obligationRule<ActivityLogKept>({
  schema,
  holdsBack: false,
  isMeasurable: true,
  sentences: (own) => [
    "With each report of a site comes a log of what its accelerators did.",
    ...logRulesOf(own).map((rule) => LOG_RULES[rule]),
  ],
  lint: (_own, { hasLogTerms }) => (hasLogTerms ? [] : [nothingAgreed]),
  stricter: { rules: "cannot-be-said" },
});

/** The flaw of an obligation that rests on logs where the terms do not say what these are held to. */
export const nothingAgreed = {
  rule: "log-terms-missing",
  path: [],
  sentence:
    "It rests on activity logs, and the terms do not say what these are held to. Add the section logs, even if nothing in it is needed.",
};
