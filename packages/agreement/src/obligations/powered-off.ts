import { z } from "zod";
import { bare } from "../explain/words.ts";
import { sentence } from "../terms/words.ts";
import { h100eLineSchema } from "./h100e-line.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** Clusters above a line are powered off, and shown to be. */
export type PoweredOff = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("powered-off"),
  aboveH100e: h100eLineSchema.optional(),
  shownBy: sentence,
});

/** The rule of `powered-off`. */
export const poweredOff = obligationRule<PoweredOff>({
  schema,
  h100e: ({ aboveH100e }) => aboveH100e,
  holdsBack: true,
  isMeasurable: true,
  sentences: ({ aboveH100e, shownBy }) => [
    `${aboveH100e === undefined ? "Covered clusters" : `Clusters above ${aboveH100e} H100e`} are powered off. This is shown by: ${bare(shownBy)}.`,
  ],
  stricter: { aboveH100e: "less-or-added", shownBy: "cannot-be-said" },
});
