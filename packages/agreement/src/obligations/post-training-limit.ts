import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";
import { disagreement } from "./run-lines.ts";

/** No training of a model that is trained already goes above a limit. */
export type PostTrainingLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("post-training-limit"),
  limit: quantitySchema("FLOP"),
});

/** The rule of `post-training-limit`. */
export const postTrainingLimit = obligationRule<PostTrainingLimit>({
  schema,
  line: ({ limit }) => ({ field: "limit", amount: limit }),
  holdsBack: true,
  isMeasurable: true,
  sentences: ({ limit }) => [`Post-training is limited to ${amount(limit, "FLOP")}.`],
  lint: (own, { alike }) => disagreement(own, alike),
  stricter: { limit: "less" },
});
