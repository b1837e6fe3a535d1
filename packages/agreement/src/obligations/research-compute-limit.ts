import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount, inDays } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";
import { limitInForce, taperFlaws, taperSchema, taperSentences } from "./taper.ts";

/** All research and development of a party together stays below a limit in so many days. */
export type ResearchComputeLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("research-compute-limit"),
  limit: quantitySchema("FLOP"),
  perDays: z.int().min(1).max(3660),
  taper: taperSchema.optional(),
});

/** The rule of `research-compute-limit`. */
export const researchComputeLimit = obligationRule<ResearchComputeLimit>({
  schema,
  line: ({ limit }) => ({ field: "limit", amount: limit }),
  inForce: limitInForce,
  changesAfterDays: ({ taper = [] }) => taper.map(({ afterDays }) => afterDays),
  isNothingInPause: () => true,
  holdsBack: true,
  isMeasurable: true,
  sentences: (own) => [
    `All research and development of a party together is limited to ${amount(own.limit, "FLOP")} in ${inDays(own.perDays)}.`,
    ...taperSentences(own),
  ],
  lint: taperFlaws,
  stricter: { limit: "less", perDays: "more", taper: "cannot-be-said" },
});
