import {
  caseAnswer,
  caseOpen,
  caseRule,
  type JudgedVerdict,
  reduceAcceptance,
  reduceAnswer,
  reduceOpen,
  reduceRuling,
  safeguardAccept,
} from "@standstill/adjudication";
import {
  agreementAdopt,
  agreementAmend,
  agreementConsent,
  agreementPropose,
  coverageMeasure,
  type Facts,
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
  periodReport,
  reduceReport,
  reduceRun,
  reduceSite,
  runDeclare,
  siteDeclare,
} from "@standstill/evidence";
import { indicatorMeasure, reduceMeasurement } from "@standstill/indicators";
import {
  type Clock,
  isRefusal,
  type Refusal,
  reduceMark,
  type Said,
  type StatementKind,
  timeMark,
} from "@standstill/record";
import { reduceVerdict, verdictPublish } from "@standstill/verification";
import { withLevels, withVerdicts } from "./facts.ts";
import type { State } from "./state.ts";

/** A kind of statement with what it does to the state. */
export interface ReducedKind {
  readonly kind: StatementKind;
  readonly reduce: (state: State, said: Said<never>) => State | Refusal;
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

/** A kind that changes the facts that conditions read, so that it is settled anew who is bound. */
function onFacts(
  kind: StatementKind,
  reduce: (facts: Facts, said: Said<never>, terms: Terms) => Facts | Refusal,
): ReducedKind {
  return {
    kind,
    reduce: (state, said) => {
      const { agreement } = state;
      const facts = reduce(agreement.coalition.facts, said, agreement.terms as Terms);
      return isRefusal(facts) ? facts : settledBy(state, facts, said);
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
      const isBeaconAsked = state.agreement.terms?.marks?.beacon === "quicknet";
      const clock = reduceMark(state.clock, said, isBeaconAsked);
      if (isRefusal(clock)) return clock;
      const agreement = reduceTime(state.agreement, clock.at, (said as Said).index);
      return withClock({ ...state, agreement }, clock);
    },
  },
  {
    kind: agreementPropose,
    reduce: (state, said) => {
      const agreement = reducePropose(state.agreement, said);
      if (isRefusal(agreement)) return agreement;
      // The keeper speaks first, so its first word is also the first mark.
      const { index, statement } = said as Said;
      return withClock(
        { ...state, agreement },
        { at: Date.parse(statement.issuedAt), index, round: undefined },
      );
    },
  },
  on("agreement", agreementAdopt, reduceAdopt),
  on("agreement", agreementAmend, reduceAmend),
  on("agreement", agreementConsent, reduceConsent),
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
  on("evidence", periodReport, reduceReport),
  {
    kind: verdictPublish,
    reduce: (state, said) => {
      const verdicts = reduceVerdict(state.verdicts, said, state.evidence);
      if (isRefusal(verdicts)) return verdicts;
      const { party } = (said as Said<{ readonly party: string }>).body;
      const facts = withVerdicts(state.agreement.coalition.facts, verdicts, party);
      return { ...settledBy(state, facts, said), verdicts };
    },
  },
  {
    kind: indicatorMeasure,
    reduce: (state, said) => {
      const indicators = reduceMeasurement(state.indicators, said);
      const { coalition, terms } = state.agreement;
      const facts = withLevels(coalition.facts, indicators, terms as Terms);
      return { ...settledBy(state, facts, said), indicators };
    },
  },
  {
    kind: caseOpen,
    reduce: (state, said) => {
      const cases = reduceOpen(state.cases, said, (id) => judgedVerdict(state, id));
      return isRefusal(cases) ? cases : { ...state, cases };
    },
  },
  on("cases", caseAnswer, reduceAnswer),
  onFacts(caseRule, reduceRuling),
  onFacts(safeguardAccept, reduceAcceptance),
];

function withClock(state: State, clock: Clock): State {
  const mark = { index: clock.index as number, at: clock.at };
  return { ...state, clock, marks: state.marks.append(mark) };
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
