import {
  assessorSigning,
  type CaseContext,
  caseAnswer,
  caseAppeal,
  caseExtend,
  caseOpen,
  caseRemedy,
  caseRule,
  caseStep,
  caseVote,
  caseWithdraw,
  intakeOpen,
  intakeReceive,
  intakeSettle,
  type JudgedVerdict,
  openForContradiction,
  type PanelSigning,
  panelSigning,
  reduceAcceptance,
  reduceAnswer,
  reduceAppeal,
  reduceAssessment,
  reduceCaseVote,
  reduceExtension,
  reduceIntakeOpen,
  reduceOpen,
  reduceReceive,
  reduceRemedy,
  reduceRuling,
  reduceRulingInCase,
  reduceSettle,
  reduceStep,
  reduceSubmission,
  reduceWithdrawal,
  safeguardAccept,
  safeguardSubmit,
} from "@standstill/adjudication";
import {
  agreementAdopt,
  agreementAmend,
  agreementConsent,
  agreementPropose,
  coverageMeasure,
  type Facts,
  keyRevoke,
  keyRotate,
  pledgeMake,
  pledgeSuspend,
  pledgeWithdraw,
  reduceAdopt,
  reduceAmend,
  reduceConsent,
  reduceCoverage,
  reduceFacts,
  reducePledge,
  reducePropose,
  reduceRevoke,
  reduceRotate,
  reduceSupport,
  reduceSupportWithdraw,
  reduceSuspend,
  reduceTime,
  reduceVoteCast,
  reduceVoteOpen,
  reduceWithdraw,
  supportSign,
  supportWithdraw,
  type Terms,
  voteCast,
  voteOpen,
} from "@standstill/agreement";
import {
  measurementReport,
  periodReport,
  reduceMeasured,
  reduceReport,
  reduceRun,
  reduceSite,
  runDeclare,
  siteDeclare,
} from "@standstill/evidence";
import {
  gateOpen,
  reduceGateOpen,
  reduceStopDone,
  reduceStopReady,
  stopDone,
  stopReady,
} from "@standstill/gate";
import {
  indicatorClaim,
  indicatorMeasure,
  reduceClaim,
  reduceMeasurement,
  withLevels,
} from "@standstill/indicators";
import {
  contradictionReport,
  cosigningVerifier,
  firstMark,
  isRefusal,
  type Mark,
  type MarkRules,
  nonceCommit,
  nonceReveal,
  parseVerifier,
  programVouch,
  type Refusal,
  reduceMark,
  reduceNonceCommit,
  reduceNonceReveal,
  reduceVouch,
  refuse,
  type Said,
  type StatementKind,
  timeMark,
} from "@standstill/record";
import {
  reduceVerdict,
  verdictPublish,
  withReporting,
  withVerdicts,
} from "@standstill/verification";
import { reduceContradiction } from "./contradiction.ts";
import { roleOf } from "./role-of.ts";
import type { State } from "./state.ts";

/** A kind of statement with what it does to the state. */
export interface ReducedKind {
  readonly kind: StatementKind;
  readonly reduce: (state: State, said: Said<never>) => State | Refusal;
  /** Whose signatures do not count for this body, and how many do at least; what the issuer's own rule asks where absent. */
  readonly signing?: (state: State, body: never, issuer: string) => PanelSigning | undefined;
}

type PartReducer<Part extends keyof State> = (
  part: State[Part],
  said: Said<never>,
  at: number,
) => State[Part] | Refusal;

/** A kind that changes one part of the state only. */
function on<Part extends keyof State>(
  part: Part,
  kind: StatementKind,
  reduce: PartReducer<Part>,
): ReducedKind {
  return {
    kind,
    reduce: (state, said) => {
      const result = reduce(state[part], said, state.clock.at);
      return isRefusal(result as object)
        ? (result as Refusal)
        : { ...state, [part]: result as State[Part] };
    },
  };
}

/** A kind that changes cases, by the procedure that the terms name. */
function onCases(
  kind: StatementKind,
  reduce: (
    cases: State["cases"],
    said: Said<never>,
    context: CaseContext,
  ) => State["cases"] | Refusal,
): ReducedKind {
  return {
    kind,
    reduce: (state, said) => {
      const cases = reduce(state.cases, said, caseContext(state));
      return isRefusal(cases) ? cases : { ...state, cases };
    },
  };
}

function caseContext({ agreement, clock }: State): CaseContext {
  const terms = agreement.terms as Terms;
  return { terms, at: clock.at, roleOf: (issuer) => roleOf(terms, issuer) };
}

/** A kind in which a party speaks of a site of its own. */
function onGate(
  kind: StatementKind,
  reduce: (
    gate: State["gate"],
    said: Said<never>,
    terms: Terms,
    at: number,
  ) => State["gate"] | Refusal,
): ReducedKind {
  return {
    kind,
    reduce: (state, said) => {
      const { statement, body } = said as Said<{ readonly site: string }>;
      if (state.evidence.sites.get(body.site)?.party !== statement.issuer)
        return refuse("not-its-own", `expected a site of ${statement.issuer}, got "${body.site}"`);
      const gate = reduce(state.gate, said, state.agreement.terms as Terms, state.clock.at);
      return isRefusal(gate) ? gate : { ...state, gate };
    },
  };
}

function settledBy(state: State, facts: Facts, said: Said): State {
  return {
    ...state,
    agreement: reduceFacts(state.agreement, facts, state.clock.at, said.index),
  };
}

/** Every type of statement, each with its noun's schema and reducer. */
export const statementKinds: readonly ReducedKind[] = [
  {
    kind: timeMark,
    reduce: (state, said) => {
      const mark = reduceMark(state.clock, said, markRules(state.agreement.terms));
      if (isRefusal(mark)) return mark;
      const agreement = reduceTime(state.agreement, mark.at, mark.index);
      const marked = withMark({ ...state, agreement }, mark);
      // Measurements grow stale and reports fall due by time alone.
      const facts = withReporting(withLevels(state.indicators, agreement, mark.at), marked);
      return facts === agreement.coalition.facts ? marked : settledBy(marked, facts, said as Said);
    },
  },
  {
    kind: agreementPropose,
    reduce: (state, said) => {
      const agreement = reducePropose(state.agreement, said);
      if (isRefusal(agreement)) return agreement;
      // The keeper speaks first, so its first word is also the first mark.
      const { index, statement } = said as Said;
      return withMark({ ...state, agreement }, firstMark(Date.parse(statement.issuedAt), index));
    },
  },
  on("draws", nonceCommit, reduceNonceCommit),
  on("draws", nonceReveal, reduceNonceReveal),
  on("programs", programVouch, reduceVouch),
  {
    kind: contradictionReport,
    reduce: (state, said) => {
      const next = reduceContradiction(state, said);
      const found = isRefusal(next) ? undefined : next.contradictions.at(-1);
      if (isRefusal(next) || found === undefined) return next;
      const shown = { ...found, party: found.issuer };
      return { ...next, cases: openForContradiction(next.cases, shown, caseContext(next)) };
    },
  },
  on("agreement", agreementAdopt, reduceAdopt),
  on("agreement", agreementAmend, reduceAmend),
  on("agreement", agreementConsent, reduceConsent),
  on("agreement", keyRotate, reduceRotate),
  on("agreement", keyRevoke, reduceRevoke),
  on("agreement", pledgeMake, reducePledge),
  on("agreement", pledgeWithdraw, reduceWithdraw),
  on("agreement", pledgeSuspend, reduceSuspend),
  on("agreement", coverageMeasure, reduceCoverage),
  on("agreement", voteOpen, reduceVoteOpen),
  on("agreement", voteCast, reduceVoteCast),
  on("agreement", supportSign, reduceSupport),
  on("agreement", supportWithdraw, reduceSupportWithdraw),
  on("evidence", siteDeclare, reduceSite),
  on("evidence", runDeclare, reduceRun),
  {
    kind: periodReport,
    reduce: (state, said) => {
      const evidence = reduceReport(state.evidence, said);
      if (isRefusal(evidence)) return evidence;
      const reported = { ...state, evidence };
      const { facts } = state.agreement.coalition;
      const now = withVerdicts(facts, reported, (said as Said).statement.issuer);
      return now === facts ? reported : settledBy(reported, now, said);
    },
  },
  on("evidence", measurementReport, reduceMeasured),
  {
    kind: verdictPublish,
    reduce: (state, said) => {
      const verdicts = reduceVerdict(state.verdicts, said, state.evidence);
      if (isRefusal(verdicts)) return verdicts;
      const { party } = (said as Said<{ readonly party: string }>).body;
      const judged = { ...state, verdicts };
      const facts = withVerdicts(state.agreement.coalition.facts, judged, party);
      return settledBy(judged, facts, said);
    },
  },
  {
    kind: indicatorMeasure,
    reduce: (state, said) => {
      const { agreement, clock } = state;
      const indicators = reduceMeasurement(state.indicators, said, agreement.terms as Terms);
      if (isRefusal(indicators)) return indicators;
      const facts = withLevels(indicators, agreement, clock.at);
      return { ...settledBy(state, facts, said), indicators };
    },
  },
  on("indicators", indicatorClaim, reduceClaim),
  {
    kind: caseOpen,
    reduce: (state, said) => {
      const verdictOf = (id: string) => judgedVerdict(state, id);
      const cases = reduceOpen(state.cases, said, caseContext(state), verdictOf);
      return isRefusal(cases) ? cases : { ...state, cases };
    },
  },
  onCases(caseAnswer, reduceAnswer),
  onCases(caseStep, reduceStep),
  onCases(caseExtend, reduceExtension),
  onCases(caseVote, reduceCaseVote),
  onCases(caseAppeal, reduceAppeal),
  onCases(caseRemedy, reduceRemedy),
  onCases(caseWithdraw, reduceWithdrawal),
  {
    kind: caseRule,
    signing: ({ agreement, cases }, body: RulingBody, issuer) =>
      agreement.terms === undefined
        ? undefined
        : panelSigning(agreement.terms, cases.cases.get(body.case), body.recused ?? [], issuer),
    reduce: (state, said) => {
      const { coalition, terms } = state.agreement;
      const cases = reduceRulingInCase(state.cases, said, caseContext(state));
      if (isRefusal(cases)) return cases;
      const facts = reduceRuling(coalition.facts, said, terms as Terms);
      return isRefusal(facts) ? facts : { ...settledBy(state, facts, said), cases };
    },
  } as ReducedKind,
  {
    kind: safeguardSubmit,
    reduce: (state, said) => {
      const { agreement, clock } = state;
      const terms = agreement.terms as Terms;
      const safeguards = reduceSubmission(state.safeguards, said, terms, clock.at);
      return isRefusal(safeguards) ? safeguards : { ...state, safeguards };
    },
  },
  {
    kind: safeguardAccept,
    signing: ({ safeguards }, body: AssessmentBody) => assessorSigning(safeguards, body),
    reduce: (state, said) => {
      const { coalition, terms } = state.agreement;
      const facts = reduceAcceptance(coalition.facts, said, terms as Terms);
      if (isRefusal(facts)) return facts;
      const safeguards = reduceAssessment(state.safeguards, said, state.clock.at);
      return { ...settledBy(state, facts, said), safeguards };
    },
  } as ReducedKind,
  {
    kind: intakeOpen,
    reduce: (state, said) => {
      const intake = reduceIntakeOpen(state.intake, said, state.agreement.terms as Terms);
      return isRefusal(intake) ? intake : { ...state, intake };
    },
  },
  on("intake", intakeReceive, reduceReceive),
  on("intake", intakeSettle, reduceSettle),
  onGate(gateOpen, (gate, said, terms, at) => reduceGateOpen(gate, said, terms, at)),
  onGate(stopReady, (gate, said, _terms, at) => reduceStopReady(gate, said, at)),
  onGate(stopDone, (gate, said, _terms, at) => reduceStopDone(gate, said, at)),
];

interface AssessmentBody {
  readonly safeguard: string;
  readonly model?: string;
}

interface RulingBody {
  readonly case: string;
  readonly recused?: readonly string[];
}

function withMark(state: State, mark: Mark): State {
  return { ...state, clock: mark, marks: state.marks.append(mark) };
}

/** What the terms ask of marks. */
function markRules(terms: Terms | undefined): MarkRules {
  const marks = terms?.marks;
  return {
    isBeaconAsked: marks?.beacon === "quicknet",
    witnessed:
      terms === undefined || marks?.witnessed !== true
        ? undefined
        : {
            log: parseVerifier(terms.log.vkey),
            witnesses: terms.witnessKeys.map(({ vkey }) => cosigningVerifier(parseVerifier(vkey))),
            quorum: terms.witnessQuorum,
          },
    everyMs: marks === undefined ? undefined : marks.everyHours * 3_600_000,
  };
}

function judgedVerdict(state: State, id: string): JudgedVerdict | undefined {
  const { verdicts, reportOf } = state.verdicts;
  const verdict = verdicts.get(reportOf.get(id, ""))?.body;
  if (verdict === undefined) return undefined;
  const findings = verdict.obligations.flatMap((obligation) =>
    obligation.findings.map(({ check }) => check),
  );
  return { party: verdict.party, findings };
}
