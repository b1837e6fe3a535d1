import { DAY_MS } from "@standstill/record";
import { elapseTo } from "../coalition/coalition.ts";
import type { Coalition } from "../coalition/state.ts";
import { startOfDay } from "../instant.ts";
import { obligationRuleOf } from "../obligations/obligation.ts";
import type { AgreementState, TermsVersion } from "../state.ts";
import type { Mode } from "../terms/mode.ts";
import { rulesOf } from "../terms/rules-of.ts";
import { type Draft, type Terms, termsHash } from "../terms/terms.ts";
import { type Duty, dutiesUnder } from "./duty.ts";
import { type BoundSpan, firstBinding, type PausedSince, pauseAt, spansOf } from "./spans.ts";

/** A stretch of time in which a party's duties stay the same. */
export interface DutyPiece {
  /** POSIX milliseconds; the end is outside. */
  readonly startMs: number;
  readonly endMs: number;
  /** Mode that binds the party; `null` where none does. */
  readonly mode: Mode | null;
  /**
   * What its duties rest on: that it was bound; that it accounts for time before it was; the ramp after the lifting. `null` where it had none
   * because nothing bound it.
   */
  readonly basis: "bound" | "accounts" | "ramp" | null;
  /** Hash of the terms that hold in it; `null` before there were any. */
  readonly terms: string | null;
  /** In a pause: since when it holds, and from when on everything stands still. */
  readonly pause: Pick<PausedSince, "since" | "index" | "stop"> | null;
  readonly duties: readonly Duty[];
}

/**
 * The duties of a party over a period, in maximal pieces, oldest first, that cover it without gaps. They are cut where anything changes: what the
 * party is bound to, the terms, a step of a schedule, the end of an exemption, the hour of a pause, the ramp, the end of the agreement. At
 * every instant they are what `dutiesOf` gives of the state of that instant; for time after the newest mark, if nothing else is said.
 *
 * @param startMs POSIX milliseconds; the end is outside
 * @example dutiesOver(state.agreement, "aster", start, end).map(({ mode }) => mode) // ["cap", "pause"]
 */
export function dutiesOver(
  state: Pick<AgreementState, "terms" | "versions" | "coalition">,
  party: string,
  startMs: number,
  endMs: number,
): DutyPiece[] {
  const { terms, versions } = state;
  const coalition =
    terms === undefined ? state.coalition : elapseTo(rulesOf(terms), state.coalition, endMs);
  const past = { coalition, versions, party, spans: spansOf(coalition, party) };
  return pieces(instantsOf(past, startMs, endMs), endMs, (at) => pieceAt(past, at));
}

/**
 * The duties that a party would have had over a period, had it been bound to a mode for all of it and the agreement entered into force at its
 * beginning: what a judgement without a record can go by, where nothing tells who was bound.
 */
export function dutiesIfBound(
  terms: Terms,
  party: string,
  mode: Mode,
  startMs: number,
  endMs: number,
): DutyPiece[] {
  const hash = termsHash(terms);
  const pause = mode === "pause" ? { since: startMs, index: null, stop: startMs } : null;
  const instants = within(startMs, endMs, stepsOf(terms, startMs));
  return pieces(instants, endMs, (at) => {
    const binding = { at, mode, inForceAt: startMs, windingDownFrom: undefined };
    const duties = dutiesUnder(terms, party, { ...binding, liftedAt: undefined });
    return { mode, basis: "bound", terms: hash, pause, duties };
  });
}

type Held = Omit<DutyPiece, "startMs" | "endMs">;

/** Time before a party was bound counts as under a cap, whatever mode it pledged: nobody accounts for not having paused before it said so. */
const BEFORE: Mode = "cap";

/** What is known of a party and of the terms, to the end of the period. */
interface Past {
  readonly coalition: Coalition;
  readonly versions: readonly TermsVersion[];
  readonly party: string;
  readonly spans: readonly BoundSpan[];
}

/** Pieces from instants at which something may change; neighbours that are alike are one. */
function pieces(
  instants: readonly number[],
  endMs: number,
  heldAt: (at: number) => Held,
): DutyPiece[] {
  const found: DutyPiece[] = [];
  for (const [i, startMs] of instants.entries()) {
    const held = heldAt(startMs);
    const until = instants[i + 1] ?? endMs;
    const last = found.at(-1);
    if (last !== undefined && isAlike(last, held)) found.pop();
    const from = last !== undefined && isAlike(last, held) ? last.startMs : startMs;
    found.push({ startMs: from, endMs: until, ...held });
  }
  return found;
}

/** Terms of one hash have the same obligations under the same ids. */
function isAlike(one: Held, other: Held): boolean {
  const told = ({ mode, basis, terms, pause, duties }: Held) =>
    JSON.stringify([
      mode,
      basis,
      terms,
      pause,
      duties.map(({ obligation, limit, finishing, exemptions }) => [
        obligation.id,
        limit ?? null,
        finishing ?? null,
        exemptions.map(({ id }) => id),
      ]),
    ]);
  return told(one) === told(other);
}

/** The beginning of a period, and every later instant in it at which something may change. */
function instantsOf(past: Past, startMs: number, endMs: number): number[] {
  const { coalition, versions, spans } = past;
  const { inForceAt, ended } = coalition;
  const accounts = accountsOf(past);
  return within(startMs, endMs, [
    ...spans.map(({ from }) => from),
    ...versions.flatMap(({ terms }) =>
      spans.flatMap((_, i) => pauseOf(past, terms, spans.slice(0, i + 1))?.stop ?? []),
    ),
    ...versions.map(({ from }) => from),
    ...versions.flatMap(({ terms }) => stepsOf(terms, inForceAt)),
    ...(ended === undefined
      ? []
      : [ended.at, ...versions.flatMap(({ terms }) => rampStepsOf(terms, ended.at))]),
    ...(accounts === undefined ? [] : [accounts.from, accounts.until]),
  ]);
}

function within(startMs: number, endMs: number, instants: readonly number[]): number[] {
  const inside = instants.filter((at) => at > startMs && at < endMs);
  return startMs < endMs ? [startMs, ...[...new Set(inside)].sort((a, b) => a - b)] : [];
}

/** Instants at which terms alone change a limit or end an exemption. */
function stepsOf({ obligations, exemptions = [] }: Draft, inForceAt: number | undefined): number[] {
  const steps = obligations.flatMap((one) => obligationRuleOf(one).changesAfterDays(one));
  return [
    ...(inForceAt === undefined ? [] : steps.map((afterDays) => inForceAt + afterDays * DAY_MS)),
    ...exemptions.flatMap(({ until }) => (until === undefined ? [] : [startOfDay(until) + DAY_MS])),
  ];
}

function rampStepsOf({ lift }: Draft, liftedAt: number): number[] {
  return (lift?.ramp ?? []).map(({ untilDays }) => liftedAt + untilDays * DAY_MS);
}

function pieceAt(past: Past, at: number): Held {
  const { coalition, versions, party } = past;
  const { inForceAt, ended } = coalition;
  const version = versions.findLast(({ from }) => from <= at);
  const spans = past.spans.filter(({ from }) => from <= at);
  const mode = spans.at(-1)?.mode ?? null;
  const accounts = accountsOf(past);
  if (accounts !== undefined && at >= accounts.from && at < accounts.until) {
    const { terms, hash } = accounts.version;
    const binding = { at, mode: BEFORE, inForceAt, windingDownFrom: undefined };
    const duties = dutiesUnder(terms, party, { ...binding, liftedAt: undefined });
    return { mode: BEFORE, basis: "accounts", terms: hash, pause: null, duties };
  }
  if (version === undefined)
    return { mode: null, basis: null, terms: null, pause: null, duties: [] };
  const pause = pauseOf(past, version.terms, spans);
  const isLifted =
    ended?.how === "lifted" && at >= ended.at && firstBinding(coalition, party) !== undefined;
  const duties = dutiesUnder(version.terms, party, {
    at,
    mode,
    inForceAt,
    windingDownFrom: pause !== null && at < pause.stop ? pause.from : undefined,
    liftedAt: isLifted ? ended.at : undefined,
  });
  return {
    mode,
    basis: mode !== null ? "bound" : duties.length > 0 ? "ramp" : null,
    terms: version.hash,
    pause: pause === null ? null : { since: pause.since, index: pause.index, stop: pause.stop },
    duties,
  };
}

/** The pause that the last of some spans is, if it is one. */
function pauseOf(
  { coalition }: Past,
  terms: Draft,
  spans: readonly BoundSpan[],
): PausedSince | null {
  return spans.at(-1)?.mode === "pause" ? pauseAt(terms, coalition, spans) : null;
}

/** Time before a party was first bound for which it accounts all the same, and under which terms. */
function accountsOf({ coalition, versions, party }: Past) {
  const first = firstBinding(coalition, party);
  if (first === undefined) return undefined;
  const { at: until, index } = first;
  const version = versions.findLast((one) =>
    index === undefined ? one.from <= until : one.index <= index,
  );
  const from = version?.terms.accounts?.from;
  if (version === undefined || from === undefined) return undefined;
  return { from: Date.parse(from), until, version };
}
