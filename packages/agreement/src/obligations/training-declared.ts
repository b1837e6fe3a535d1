import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";
import { aboveLimit } from "./run-lines.ts";

/** Training from a line on is declared as training. */
export type TrainingDeclared = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("training-declared"),
  above: quantitySchema("FLOP"),
});

/** The rule of `training-declared`. */
export const trainingDeclared = obligationRule<TrainingDeclared>({
  schema,
  line: ({ above }) => ({ field: "above", amount: above }),
  holdsBack: false,
  isEvaded: true,
  isNeeded: true,
  isMeasurable: true,
  sentences: ({ above }) => [
    `Training from ${amount(above, "FLOP")} on has to be declared as training.`,
  ],
  lint: ({ above }, { runLimits, evasions }) => [
    ...aboveLimit(above, runLimits),
    ...(evasions?.length === 0 ? [untested] : []),
  ],
  stricter: { above: "less" },
});

const untested = {
  rule: "obligation-untested",
  path: [],
  sentence:
    "No evasion of this obligation is played, so its assurance cannot be known. Name evasions in the goals.",
};
