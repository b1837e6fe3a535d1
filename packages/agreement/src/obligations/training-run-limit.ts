import { parseQuantity, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount } from "../explain/words.ts";
import { MODES } from "../terms/mode.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";
import { disagreement } from "./run-lines.ts";
import { limitInForce, taperFlaws, taperSchema, taperSentences } from "./taper.ts";

/** No training run goes above a limit. */
export type TrainingRunLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("training-run-limit"),
  limit: quantitySchema("FLOP"),
  /** Counted for one run, or over a model's whole ancestry. */
  over: z.enum(["run", "lineage"]).optional(),
  taper: taperSchema.optional(),
});

/** The rule of `training-run-limit`. */
export const trainingRunLimit = obligationRule<TrainingRunLimit>({
  schema,
  line: ({ limit }) => ({ field: "limit", amount: limit }),
  inForce: limitInForce,
  changesAfterDays: ({ taper = [] }) => taper.map(({ afterDays }) => afterDays),
  isNothingInPause: () => true,
  limitsRuns: true,
  holdsBack: true,
  isNeeded: true,
  isMeasurable: true,
  sentences: (own) => [
    `${COUNTED[own.over ?? "unsaid"]} training is limited to ${amount(own.limit, "FLOP")}.`,
    ...taperSentences(own),
  ],
  lint: (own, { alike }) => [
    ...disagreement(own, alike),
    ...unreachable(own, alike),
    ...taperFlaws(own),
    ...(own.over === "run" ? [runsSplit] : []),
  ],
  stricter: { limit: "less", over: ["run", "lineage"], taper: "cannot-be-said" },
});

const COUNTED = {
  lineage: "Counted over a model's whole ancestry,",
  run: "Counted run by run,",
  unsaid: "A run of",
};

const runsSplit = {
  rule: "runs-split",
  path: ["over"],
  sentence:
    "Counted run by run, a long training split into several runs is free. Count over the lineage.",
};

function unreachable(own: TrainingRunLimit, alike: readonly TrainingRunLimit[]) {
  const isDecidedBefore = alike.some(
    (other) =>
      other.binds === own.binds &&
      MODES.indexOf(other.mode) < MODES.indexOf(own.mode) &&
      parseQuantity(other.limit, "FLOP") <= parseQuantity(own.limit, "FLOP"),
  );
  const sentence =
    "A limit as low or lower binds from a less strict mode on, so this one never decides anything. Lower it or leave it out.";
  return isDecidedBefore ? [{ rule: "obligation-unreachable", path: [], sentence }] : [];
}
