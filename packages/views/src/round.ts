import {
  type Case,
  type CaseLine,
  type CaseProgress,
  caseProgress,
  type Deadline,
  deadlinesOf,
  type ListedSafeguard,
  type Reliability,
  reliabilityOf,
  safeguardsOf,
  timelineOf,
} from "@standstill/adjudication";
import {
  type Coalition,
  type Condition,
  type ExplainedCondition,
  type Mode,
  type ReportDue,
  reasonFor,
  reportCalendar,
  rulesOf,
  type Status,
  type Terms,
  type TripwireLevel,
} from "@standstill/agreement";
import type { Emergency } from "@standstill/gate";
import {
  countedOnRecord,
  type Disagreement,
  disagreements,
  type JudgedClaim,
  judgeClaims,
  levelsAt,
  type Measured,
  type MeasuredOnRecord,
  newestPublished,
  type PublishedMeasurement,
  tripwireLevel,
} from "@standstill/indicators";
import type { Vouched } from "@standstill/record";
import { DAY_MS } from "@standstill/record";
import type { State } from "@standstill/replay";
import { type OwedReport, reportingOf } from "@standstill/verification";
import { type PartySummary, partiesOf } from "./parties.ts";
import { type Pause, pauseOf } from "./pause.ts";

/** Whether a party is bound, and why. */
export interface BindingSummary {
  readonly party: string;
  readonly mode: Mode;
  readonly bound: boolean;
  readonly status: Status;
  /** Entry of the record since which this holds. */
  readonly since: number | null;
  /** When it will be bound, or leaves, as known now; instants as `2026-06-04T12:00:00.000Z`. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly because: ExplainedCondition;
  /** What would be enough for its condition to hold; empty where it holds. */
  readonly missing: readonly Condition[];
}

/** The newest measurement of an indicator, and how near its tripwires are. */
export interface IndicatorSummary {
  readonly indicator: string;
  readonly source: string;
  readonly from: string;
  readonly input: string;
  readonly result: Measured;
  /** Entry of the record. */
  readonly index: number;
  readonly tripwires: readonly {
    readonly id: string;
    readonly level: TripwireLevel;
    readonly source: string;
  }[];
}

/** A tripwire and how near it is; `null` where nothing was measured. */
export interface TripwireSummary {
  readonly id: string;
  readonly indicator: string;
  readonly level: TripwireLevel | null;
  readonly source: string;
}

/** A case, and where it stands by the newest mark. */
export interface CaseSummary
  extends Omit<Case, "answer" | "withdrawn" | "procedure">,
    CaseProgress {
  readonly answer: NonNullable<Case["answer"]> | null;
  readonly withdrawn: NonNullable<Case["withdrawn"]> | null;
  readonly timeline: readonly CaseLine[];
}

/** What holds now: the answer that every page, command and program starts from. */
export interface Round {
  readonly parties: readonly PartySummary[];
  readonly bound: readonly string[];
  readonly bindings: readonly BindingSummary[];
  readonly indicators: readonly IndicatorSummary[];
  /** Measurements of labs' own data by those who count, oldest first. */
  readonly measured: readonly MeasuredOnRecord[];
  readonly tripwires: readonly TripwireSummary[];
  /** What parties claim of themselves, and what others found of it. */
  readonly claims: readonly JudgedClaim[];
  /** Measurements by different measurers that contradict each other. */
  readonly disagreements: readonly Disagreement[];
  /** Which bytes programs have that check this record, as each issuer last said. */
  readonly programs: readonly (Vouched & { readonly program: string; readonly issuer: string })[];
  readonly cases: readonly CaseSummary[];
  /** What became of the cases that somebody opened. */
  readonly reliability: readonly (Reliability & { readonly issuer: string })[];
  /** What is due from whom, the soonest first. */
  readonly deadlines: readonly Deadline[];
  /** To whose keys people can seal reports, how many were received, and with how many the panel is done; `null` where no panel opened a box. */
  readonly box: {
    readonly threshold: number;
    readonly members: readonly { readonly member: string; readonly publicKey: string }[];
    readonly panel: string;
    readonly index: number;
    readonly received: number;
    readonly settled: number;
  } | null;
  /** Safeguards that the agreement wants in place, and where each stands. */
  readonly safeguards: readonly ListedSafeguard[];
  /** When the condition of lifting was met, and when its notice is out; instants as `2026-06-04T12:00:00.000Z`. */
  readonly lift: { readonly metAt: string; readonly liftsAt: string } | null;
  /** Reports that everybody bound owes within a year, the soonest first. */
  readonly reportsDue: readonly ReportDue[];
  /** Reports that were due, the newest twelve of each: kept, late or missing. */
  readonly reporting: readonly OwedReport[];
  /** The pause that holds, and how far each site has come; `null` where none does. */
  readonly pause: Pause | null;
  /** Gates that parties opened in an emergency, oldest first. */
  readonly emergencies: readonly (Emergency & { readonly party: string })[];
}

/** The round together with the record that it was computed from. */
export interface PublishedRound extends Round {
  /** Entries covered, root in base64, and the checkpoint note. */
  readonly record: { readonly size: number; readonly root: string; readonly checkpoint: string };
}

/** Sums a state up. A party without a verdict is unverified: silence is no proof. */
export function roundOf(state: State): Round {
  const terms = state.agreement.terms;
  const { coalition } = state.agreement;
  const all = [...state.cases.cases.values()];
  const published = terms === undefined ? undefined : newestPublished(terms, state.indicators);
  return {
    parties: partiesOf(state),
    bound: [...coalition.bound.keys()],
    bindings: terms === undefined ? [] : bindingsOf(terms, coalition),
    indicators: published === undefined ? [] : [publishedSummary(published, terms)],
    measured: terms === undefined ? [] : countedOnRecord(terms, state.indicators),
    tripwires: tripwiresOf(state),
    claims: terms === undefined ? [] : judgeClaims(terms, state.indicators),
    disagreements: terms === undefined ? [] : disagreements(terms, state.indicators),
    programs: [...state.programs].flatMap(([program, vouched]) =>
      [...vouched].map(([issuer, said]) => ({ program, issuer, ...said })),
    ),
    cases: all.map((one) => {
      const { procedure: _, answer = null, withdrawn = null, ...said } = one;
      const progress = caseProgress(one, state.clock.at);
      return { ...said, answer, withdrawn, timeline: timelineOf(one), ...progress };
    }),
    reliability: [...reliabilityOf(all, state.clock.at)].map(([issuer, record]) => ({
      issuer,
      ...record,
    })),
    deadlines: deadlinesOf(all, state.clock.at),
    box:
      state.box.open === null
        ? null
        : {
            ...state.box.open,
            received: state.box.received.size,
            settled: state.box.settled.size,
          },
    safeguards: terms === undefined ? [] : safeguardsOf(state.safeguards, terms),
    lift: liftOf(state),
    reportsDue: reportsDueOf(state),
    reporting: reportingOf(state),
    pause: pauseOf(state),
    emergencies: [...state.gate.emergencies].flatMap(([party, opened]) =>
      opened.map((one) => ({ party, ...one })),
    ),
  };
}

function liftOf({ agreement: { terms, coalition } }: State): Round["lift"] {
  const { liftMetAt, ended } = coalition;
  if (liftMetAt === undefined || terms?.lift === undefined || ended !== undefined) return null;
  const liftsAt = liftMetAt + terms.lift.noticeDays * DAY_MS;
  return { metAt: new Date(liftMetAt).toISOString(), liftsAt: new Date(liftsAt).toISOString() };
}

const YEAR_MS = 366 * DAY_MS;

/** Of each report the next one. */
function reportsDueOf({ agreement: { terms, coalition }, clock }: State): ReportDue[] {
  const { inForceAt, bound } = coalition;
  if (terms === undefined || inForceAt === undefined || bound.size === 0) return [];
  const due = reportCalendar(terms, inForceAt, clock.at, clock.at + YEAR_MS);
  return due.filter(({ report }, i) => due.findIndex((one) => one.report === report) === i);
}

function publishedSummary(
  { index, body }: PublishedMeasurement,
  terms: Terms | undefined,
): IndicatorSummary {
  const { indicator, source, from, input, result } = body;
  const tripwires = (terms?.tripwires ?? []).flatMap((tripwire) =>
    tripwire.indicator === "training-compute"
      ? [{ id: tripwire.id, level: tripwireLevel(tripwire, result), source: tripwire.source }]
      : [],
  );
  return { indicator, source, from, input, result, index, tripwires };
}

function tripwiresOf({ agreement, indicators, clock }: State): TripwireSummary[] {
  const levels = levelsAt(indicators, agreement, clock.at);
  return (agreement.terms?.tripwires ?? []).map(({ id, indicator, source }) => ({
    id,
    indicator,
    source,
    level: levels.get(id) ?? null,
  }));
}

function bindingsOf(terms: Terms, coalition: Coalition): BindingSummary[] {
  return [...coalition.pledges].flatMap(([party, pledge]) => {
    const reason = reasonFor(rulesOf(terms), coalition, party);
    if (reason === undefined) return [];
    const { standing, because, missing } = reason;
    return [
      {
        party,
        mode: coalition.bound.get(party) ?? pledge.mode,
        bound: coalition.bound.has(party),
        status: standing.status,
        since: coalition.history.findLast((change) => change.party === party)?.index ?? null,
        startsAt: standing.status === "called" ? instant(standing.startsAt) : null,
        endsAt: instant(standing.endsAt),
        because,
        missing,
      },
    ];
  });
}

function instant(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
