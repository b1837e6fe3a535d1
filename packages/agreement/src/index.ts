/** Agreements as data: terms, parties, conditional pledges, and who is bound. */
export {
  type Coalition,
  emptyCoalition,
  greatestFixedPoint,
  type Pledge,
  type StatusChange,
  settle,
  withPledge,
} from "./coalition.ts";
export {
  type Circumstances,
  type Condition,
  conditionSchema,
  type ExplainedCondition,
  explainCondition,
  isMet,
  MODES,
  type Mode,
  partiesIn,
} from "./condition.ts";
export { parseDraft } from "./draft.ts";
export {
  boundOn,
  type Entry,
  type EntryCondition,
  type EntryRule,
  entryOf,
  entryRuleSchema,
  type Instrument,
  progressOn,
} from "./entry.ts";
export { AgreementError, type AgreementErrorCode } from "./error.ts";
export { type Article, conditionSentence, explain } from "./explain.ts";
export { type Flaw, lint } from "./lint.ts";
export type { Position } from "./positions.ts";
export {
  type AgreementState,
  noAgreement,
  reduceAdopt,
  reduceCircumstances,
  reducePledge,
  reducePropose,
} from "./reducer.ts";
export { agreementAdopt, agreementPropose, pledgeMake } from "./statements.ts";
export {
  type Accelerator,
  checkTerms,
  type Draft,
  draftSchema,
  type Obligation,
  type Terms,
  termsHash,
  termsSchema,
} from "./terms.ts";
export { type Cascade, type Supposition, whatIf } from "./what-if.ts";
