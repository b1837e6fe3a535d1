import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "../terms/mode.ts";
import { shareSchema } from "../terms/share.ts";
import { weightNeeded } from "./roll.ts";
import { neverMet, ruleOnBound } from "./rule.ts";

/** Met while those bound have such a share of a table of weights. */
export type Share = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("share"),
  atLeast: shareSchema,
  /** Table of weights of the terms; its total includes those who never join. */
  weights: nameSchema,
  mode: modeSchema.optional(),
});

/** The rule of `share`. */
export const share = ruleOnBound<Share>({
  schema,
  isShared: true,
  names: ({ weights }) => [{ what: "table of weights", name: weights, field: "weights" }],
  read: ({ atLeast, weights, mode }, reading) => {
    const { roll } = reading.world;
    const table = roll.weights.get(weights);
    if (table === undefined) return reading.fact(false);
    return reading.weighed({
      need: Number(weightNeeded(table, atLeast)),
      parties: [...table.of.keys()].filter((party) => roll.counted.has(party)),
      weight: (party) => Number(table.of.get(party) ?? 0n),
      mode: mode ?? "cap",
      instruments: undefined,
    });
  },
  sentence: ({ atLeast, weights, mode }) =>
    `parties with a share of ${atLeast} of ${weights} are bound${mode === undefined ? "" : ` to a ${mode} or more`}`,
  lint: ({ atLeast, weights }, { roll }) => {
    const table = roll.weights.get(weights);
    if (table === undefined) return [];
    let sum = 0n;
    for (const [party, weight] of table.of) if (roll.counted.has(party)) sum += weight;
    return sum < weightNeeded(table, atLeast)
      ? [neverMet("The parties together do not have that share of the weight.")]
      : [];
  },
});
