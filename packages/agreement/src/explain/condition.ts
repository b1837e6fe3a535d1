import { type Condition, ruleOf } from "../conditions/condition.ts";

/** A condition as the end of a sentence that begins "while"; `name` turns ids into names. */
export function conditionSentence(condition: Condition, name: (id: string) => string): string {
  return ruleOf(condition).sentence(condition, {
    name,
    part: (inner) => {
      const sentence = conditionSentence(inner, name);
      return ruleOf(inner).needsBrackets(inner) ? `(${sentence})` : sentence;
    },
  });
}

/** What stands above the conditions inside a condition where they are listed below; the whole of one with none inside. */
export function conditionHeading(condition: Condition, name: (id: string) => string): string {
  const { heading, parts } = ruleOf(condition);
  return heading === undefined || parts(condition).length === 0
    ? conditionSentence(condition, name)
    : heading(condition);
}
