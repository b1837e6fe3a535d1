import { parseLocatedDraft } from "../draft/parse-draft.ts";
import type { Position } from "../draft/positions.ts";
import { conditionRules } from "./conditions.ts";
import { measurementRules } from "./measurement.ts";
import { obligationRules } from "./obligations.ts";
import { procedureRules } from "./procedure.ts";
import type { Rule } from "./rule.ts";
import { witnessRules } from "./witnesses.ts";

/** A flaw in terms that are well-formed: which rule, where, what is wrong and what would mend it. */
export interface Flaw extends Position {
  readonly rule: string;
  readonly path: string;
  readonly sentence: string;
}

const rules: readonly Rule[] = [
  ...obligationRules,
  ...measurementRules,
  ...witnessRules,
  ...conditionRules,
  ...procedureRules,
];

/** Flaws of an agreement as people write it, in the order of the file. Malformed terms are refused as by `parseDraft`. */
export function lint(text: string): Flaw[] {
  const { draft, locate } = parseLocatedDraft(text);
  return rules
    .flatMap((rule) => rule(draft))
    .map(({ rule, path, sentence }) => ({ rule, path: path.join("."), sentence, ...locate(path) }))
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
}
