import { z } from "zod";
import { sentence } from "../terms/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** A duty in words that no check measures; it is judged by ruling only. */
export type Conduct = z.infer<typeof schema>;

const schema = z.strictObject({ ...head, kind: z.literal("conduct"), text: sentence });

/** The rule of `conduct`. */
export const conduct = obligationRule<Conduct>({
  schema,
  holdsBack: false,
  isMeasurable: false,
  sentences: ({ text }) => [text, "No check measures it; it is judged by ruling only."],
  stricter: { text: "cannot-be-said" },
});
