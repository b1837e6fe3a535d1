import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { ruleOnFacts } from "./rule.ts";

/** Met while a panel's newest answer to a question is yes. */
export type Ruled = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("ruled"),
  question: nameSchema,
});

/** The rule of `ruled`. */
export const ruled = ruleOnFacts<Ruled>({
  schema,
  names: () => [],
  holds: ({ question }, { facts }) => facts.rulings.get(question) === true,
  sentence: ({ question }) => `it is ruled that ${question}`,
  setBy: (_own, { rules }) => rules,
});
