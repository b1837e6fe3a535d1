import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { listed } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** No model is released before safeguards are accepted for it. */
export type ReleaseGate = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("release-gate"),
  safeguards: z.array(nameSchema).min(1).max(50),
});

/** The rule of `release-gate`. */
export const releaseGate = obligationRule<ReleaseGate>({
  schema,
  holdsBack: false,
  isMeasurable: true,
  names: ({ safeguards }) =>
    safeguards.map((name) => ({ what: "safeguard", name, field: "safeguards" })),
  sentences: ({ safeguards }) => [
    `No model is released before these are accepted: ${listed(safeguards)}.`,
  ],
  stricter: { safeguards: "cannot-be-said" },
});
