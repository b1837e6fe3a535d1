/** Agreements as data: terms, parties, conditional pledges, and who is bound. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type Difference, diffTerms } from "./amendment/difference.ts";
export { advance, elapseTo } from "./coalition/coalition.ts";
export { type HistoricFact, type Instrument, playHistory } from "./coalition/history.ts";
export { type Robustness, type RobustnessOptions, robustnessOf } from "./coalition/robustness.ts";
export type { Change, CoalitionRules, Pledge, Standing } from "./coalition/rules.ts";
export { type Coalition, type CoalitionEvent, emptyCoalition } from "./coalition/state.ts";
export { type TreatyEntry, treatyEntryOf } from "./coalition/treaty-entry.ts";
export { type Cascade, type Supposition, whatIf } from "./coalition/what-if.ts";
export type { Condition } from "./conditions/condition.ts";
export { type NewDraftAnswers, newDraft } from "./draft/new-draft.ts";
export { parseDraft } from "./draft/parse-draft.ts";
export type { Duty } from "./duties/duty.ts";
export { dutiesOf } from "./duties/instant.ts";
export { AgreementError, type AgreementErrorCode } from "./error.ts";
export { conditionSentence } from "./explain/condition.ts";
export { type Article, explain } from "./explain/explain.ts";
export { type Flaw, lint } from "./lint/lint.ts";
export {
  type Impact,
  impactOf,
  type KnownCluster,
  type TrainedModel,
} from "./obligations/impact.ts";
export type { Obligation } from "./obligations/obligation.ts";
export type { ExplainedCondition } from "./reading/explained.ts";
export { type ActivityTerms, parseActivityTerms } from "./terms/activity-terms.ts";
export { checkTerms } from "./terms/contradictions/check.ts";
export type { Mode } from "./terms/mode.ts";
export type { ReportDue } from "./terms/report-calendar.ts";
export { rulesOf } from "./terms/rules-of.ts";
export {
  type CheckableTerms,
  type Draft,
  draftSchema,
  type Terms,
  termsHash,
  termsSchema,
} from "./terms/terms.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export type { Amendment, Amendments } from "./amendment/amendment.ts";
export { coalitionFromJson, coalitionToJson, type Encoded } from "./coalition/json.ts";
export { type Reason, reasonFor } from "./coalition/reason.ts";
export type { Act, Milestone, Status, Trigger } from "./coalition/rules.ts";
export { circumstancesOf } from "./coalition/state.ts";
export {
  CONDITION_KINDS,
  type ConditionKind,
  type ConditionOf,
  conditionSchema,
  NOTHING_ASKED,
} from "./conditions/condition.ts";
export type { Roll, Weights } from "./conditions/roll.ts";
export type { Powers, World } from "./conditions/rule.ts";
export { nonMonotonePath, partiesIn } from "./conditions/walk.ts";
export type { Position } from "./draft/positions.ts";
export {
  allowanceDays,
  type Exemption,
  type ExemptWork,
  freesWholly,
  freesWork,
} from "./duties/exemption.ts";
export { dutiesOfActivityTerms } from "./duties/of-activity-terms.ts";
export { type DutyPiece, dutiesIfBound, dutiesOver } from "./duties/period.ts";
export { conditionHeading } from "./explain/condition.ts";
export { amount } from "./explain/words.ts";
export {
  type Acceptance,
  acceptanceSchema,
  BALLOTS,
  type Facts,
  noFacts,
  type Ruling,
  rulingSchema,
  TRIPWIRE_LEVELS,
  type TripwireLevel,
  type VerdictFact,
  type Vote,
  verdictFactSchema,
  withAcceptance,
  withRuling,
} from "./facts.ts";
export { dayOf, startOfDay } from "./instant.ts";
export type { KeyChange } from "./keys/keys-in-force.ts";
export { roleOf } from "./keys/role-of.ts";
export { signaturesOf, signingKeysOf } from "./keys/signing.ts";
export { type LogRule, logRulesOf } from "./obligations/activity-log.ts";
export {
  lineOf,
  OBLIGATION_KINDS,
  type ObligationKind,
  type ObligationOf,
  obligationRuleOf,
  obligationSchema,
} from "./obligations/obligation.ts";
export type { ObligationRule } from "./obligations/rule.ts";
export { type Candidate, type Settled, settle } from "./reading/circuit.ts";
export { explainCondition } from "./reading/explained.ts";
export { canUndo } from "./reading/in-ones-hands.ts";
export { type Circumstances, isMet } from "./reading/met.ts";
export { isMetSupposing, minimalMissing } from "./reading/missing.ts";
export { elapsed, settled } from "./settle.ts";
export {
  type Agreed,
  type AgreedPart,
  type AgreementPart,
  type AgreementState,
  noAgreement,
  type TermsVersion,
  type UnderTerms,
} from "./state.ts";
export { agreementAdopt } from "./statements/agreement-adopt.ts";
export { agreementAmend } from "./statements/agreement-amend.ts";
export { agreementConsent } from "./statements/agreement-consent.ts";
export { agreementPropose } from "./statements/agreement-propose.ts";
export { coverageMeasure } from "./statements/coverage-measure.ts";
export { keyRevoke } from "./statements/key-revoke.ts";
export { keyRotate, rotationMessage } from "./statements/key-rotate.ts";
export { pledgeMake } from "./statements/pledge-make.ts";
export { pledgeSuspend } from "./statements/pledge-suspend.ts";
export { pledgeWithdraw } from "./statements/pledge-withdraw.ts";
export { supportSign } from "./statements/support-sign.ts";
export { supportWithdraw } from "./statements/support-withdraw.ts";
export { voteCast } from "./statements/vote-cast.ts";
export { voteOpen } from "./statements/vote-open.ts";
export { countSupports, type SupportCount, supportCommitment } from "./support/support.ts";
export {
  type Support,
  type SupportChange,
  Supports,
  VERIFICATIONS,
  type Verification,
} from "./support/supports.ts";
export { activityTermsSchema, type LogTerms } from "./terms/activity-terms.ts";
export { isIndependentOf } from "./terms/independent.ts";
export { DEVICE_NAMES, type RequirableField } from "./terms/logs.ts";
export { isAtLeast, MODES } from "./terms/mode.ts";
export { powersOf } from "./terms/powers.ts";
export { changeDueAt, reportCalendar } from "./terms/report-calendar.ts";
export {
  type Accelerator,
  type DoublingTripwire,
  isCheckable,
  type MeasuredTripwire,
  type Tripwire,
} from "./terms/terms.ts";
export {
  INDICATOR_NAMES,
  INDICATORS,
  type IndicatorName,
  indicatorValue,
} from "./terms/tripwires.ts";
