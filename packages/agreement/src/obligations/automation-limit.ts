import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { bare } from "../explain/words.ts";
import { sentence } from "../terms/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** A practice is forbidden once a tripwire has tripped. */
export type AutomationLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("automation-limit"),
  /** Tripwire from whose tripping on the practice is forbidden. */
  from: nameSchema,
  practice: sentence,
});

/** The rule of `automation-limit`. */
export const automationLimit = obligationRule<AutomationLimit>({
  schema,
  holdsBack: false,
  isMeasurable: true,
  names: ({ from }) => [{ what: "tripwire", name: from, field: "from" }],
  sentences: ({ from, practice }) => [
    `Once the tripwire ${from} has tripped, this is forbidden: ${bare(practice)}.`,
  ],
  stricter: { from: "cannot-be-said", practice: "cannot-be-said" },
});
