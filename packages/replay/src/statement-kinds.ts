import {
  caseAnswer,
  caseOpen,
  type JudgedVerdict,
  reduceAnswer,
  reduceOpen,
} from "@standstill/adjudication";
import {
  agreementAdopt,
  agreementPropose,
  pledgeMake,
  reduceAdopt,
  reduceCircumstances,
  reducePledge,
  reducePropose,
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
import { isRefusal, type Refusal, type Said, type StatementKind } from "@standstill/record";
import { accusedParties, reduceVerdict, verdictPublish } from "@standstill/verification";
import type { State } from "./state.ts";

/** A kind of statement with what it does to the state. */
export interface ReducedKind {
  readonly kind: StatementKind;
  readonly reduce: (state: State, said: Said<never>) => State | Refusal;
}

function within<Part extends keyof State>(
  part: Part,
  state: State,
  result: State[Part] | Refusal,
): State | Refusal {
  return isRefusal(result as object) ? (result as Refusal) : { ...state, [part]: result };
}

/** Every type of statement, each with its noun's schema and reducer. */
export const statementKinds: readonly ReducedKind[] = [
  {
    kind: agreementPropose,
    reduce: (state, said) => within("agreement", state, reducePropose(state.agreement, said)),
  },
  {
    kind: agreementAdopt,
    reduce: (state, said) => within("agreement", state, reduceAdopt(state.agreement, said)),
  },
  {
    kind: pledgeMake,
    reduce: (state, said) =>
      within(
        "agreement",
        state,
        reducePledge(state.agreement, said, accusedParties(state.verdicts)),
      ),
  },
  {
    kind: siteDeclare,
    reduce: (state, said) => within("evidence", state, reduceSite(state.evidence, said)),
  },
  {
    kind: runDeclare,
    reduce: (state, said) => within("evidence", state, reduceRun(state.evidence, said)),
  },
  {
    kind: periodReport,
    reduce: (state, said) => within("evidence", state, reduceReport(state.evidence, said)),
  },
  {
    kind: verdictPublish,
    reduce: (state, said) => {
      const verdicts = reduceVerdict(state.verdicts, said, state.evidence);
      if (isRefusal(verdicts)) return verdicts;
      const agreement = reduceCircumstances(
        state.agreement,
        accusedParties(verdicts),
        (said as Said).index,
      );
      return { ...state, verdicts, agreement };
    },
  },
  {
    kind: indicatorMeasure,
    reduce: (state, said) => within("indicators", state, reduceMeasurement(state.indicators, said)),
  },
  {
    kind: caseOpen,
    reduce: (state, said) =>
      within(
        "cases",
        state,
        reduceOpen(state.cases, said, (id) => judgedVerdict(state, id)),
      ),
  },
  {
    kind: caseAnswer,
    reduce: (state, said) => within("cases", state, reduceAnswer(state.cases, said)),
  },
];

function judgedVerdict(state: State, id: string): JudgedVerdict | undefined {
  const verdict = [...state.verdicts.verdicts.values()].find((one) => one.id === id)?.body;
  if (verdict === undefined) return undefined;
  const findings = verdict.obligations.flatMap((obligation) =>
    obligation.findings.map(({ check }) => check),
  );
  return { party: verdict.party, findings };
}
