import { type Obligation, obligationRuleOf } from "../obligations/obligation.ts";
import { listed } from "./words.ts";

/** An obligation in prose: what every one says, then the rule of its kind. */
export function obligationSentences(obligation: Obligation): string[] {
  const { id, title, mode, clause, rests, binds } = obligation;
  const where = clause === undefined ? "" : ` (${clause})`;
  const who = binds === undefined ? "" : ` It binds the group ${binds} only.`;
  const words = rests === undefined ? "" : ` Its words are those defined as ${listed(rests)}.`;
  return [
    `${id}${where}: ${title} It binds from the mode ${mode} on.${who}${words}`,
    ...obligationRuleOf(obligation).sentences(obligation),
  ];
}
