import { timelineOf } from "@standstill/adjudication";
import { firstMarkThat, markBefore } from "@standstill/record";
import type { State } from "@standstill/replay";
import { reportingOf } from "@standstill/verification";

/** What a notice is about. */
export type NoticeKind =
  | "agreement"
  | "verdict"
  | "case"
  | "emergency"
  | "stop"
  | "safeguard"
  | "report"
  | "record";

/** Something that people want to hear of, with its place in the record. */
export interface Notice {
  /** The same whoever derives it, and never used again. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** Instant of the mark before it; POSIX milliseconds. */
  readonly at: number;
  /** Entry of the record; `null` where time alone caused it. */
  readonly index: number | null;
  /** Entry from which on it can be known: its own, or the mark of time that showed it. */
  readonly knownFrom: number;
  readonly party: string | null;
  readonly title: string;
  readonly words: string;
}

/** The newest notices, as a feed has them. */
export const NEWEST_NOTICES = 200;

type Derived = Omit<Notice, "knownFrom">;

/**
 * What happened that people want to hear of, in the order in which it came to be known: who came to be bound or no more, triggers, lifting, verdicts
 * that doubt, every word in a case, emergencies, stops and safeguards, and what a keeper or an issuer did to the record that it may not do. It
 * is derived from the state, so that nobody can be left out and nothing is told that did not happen.
 *
 * @param from entry from which on; a reader that goes on from the size of the state that it saw misses nothing
 * @example noticesOf(state).filter(({ kind }) => kind === "case").at(-1)?.title
 */
export function noticesOf(state: State, from = 0): Notice[] {
  const { terms } = state.agreement;
  const named = terms === undefined ? [] : [terms.keeper, ...terms.parties, ...(terms.roles ?? [])];
  const name = (id: string) => named.find((one) => one.id === id)?.name ?? id;
  const all: Derived[] = [
    ...changes(state, name),
    ...verdicts(state, name),
    ...cases(state, name),
    ...brakes(state, name),
    ...safeguards(state, name),
    ...faults(state, name),
    ...overdue(state, name),
  ];
  return all
    .map((one) => ({ ...one, knownFrom: one.index ?? markShowing(state, one.at) }))
    .filter(({ knownFrom }) => knownFrom >= from)
    .sort((a, b) => a.knownFrom - b.knownFrom || a.at - b.at || (a.id < b.id ? -1 : 1));
}

type Name = (id: string) => string;

function changes({ agreement }: State, name: Name): Derived[] {
  return agreement.coalition.history.map(({ at, index, party, status, mode, trigger }, i) => {
    const who = party === undefined ? (trigger ?? "The agreement") : name(party);
    return {
      id: `agreement-${i}`,
      kind: "agreement",
      at,
      index: index ?? null,
      party: party ?? null,
      title: `${who}: ${status.replaceAll("-", " ")}`,
      words: mode === undefined ? "" : `Mode ${mode}.`,
    };
  });
}

function verdicts({ verdicts: { verdicts: all }, ...state }: State, name: Name): Derived[] {
  return [...all.values()]
    .filter(({ body }) => body.verdict === "anomalous")
    .map(({ index, body }) => {
      const findings = body.duties.flatMap((one) => one.findings);
      return {
        id: `verdict-${index}`,
        kind: "verdict",
        index,
        party: body.party,
        at: markBefore(state, index),
        title: `Verdict on ${name(body.party)}, ${body.site}: ${body.verdict}`,
        words: `${[...new Set(findings.map(({ sentence }) => sentence))].join(" ")} A finding accuses nobody.`,
      };
    });
}

function cases(state: State, name: Name): Derived[] {
  return [...state.cases.cases.values()].flatMap((one) =>
    timelineOf(one).map(({ index, at, issuer, deed, about, text }) => ({
      id: `case-${index}`,
      kind: "case" as const,
      at,
      index,
      party: one.party,
      title: `Case ${one.name}: ${name(issuer)} ${deed}${about === null ? "" : ` (${about})`}`,
      words: text,
    })),
  );
}

function brakes({ gate }: State, name: Name): Derived[] {
  const emergencies = [...gate.emergencies].flatMap(([party, all]) =>
    all.map(({ index, since, site, reason }) => ({
      id: `emergency-${index}`,
      kind: "emergency" as const,
      at: since,
      index,
      party,
      title: `${name(party)} opened its gate at ${site} in an emergency`,
      words: reason,
    })),
  );
  const stops = [...gate.stops].flatMap(([site, { ready, done }]) =>
    [
      { word: ready, says: "is ready to stop" },
      { word: done, says: "says that it has stopped" },
    ].flatMap(({ word, says }) =>
      word === null
        ? []
        : [
            {
              id: `stop-${word.index}`,
              kind: "stop" as const,
              at: word.at,
              index: word.index,
              party: null,
              title: `${site} ${says}`,
              words: word.text,
            },
          ],
    ),
  );
  return [...emergencies, ...stops];
}

function safeguards({ safeguards: { entries } }: State, name: Name): Derived[] {
  return [...entries.values()].flatMap(({ safeguard, model, submissions, assessment }) => {
    const of = `the safeguard ${safeguard}${model === null ? "" : ` for ${model}`}`;
    const submitted = submissions.map((word) => ({
      ...word,
      party: word.issuer,
      title: `${name(word.issuer)} hands in ${of}`,
    }));
    const isTaken = assessment?.accepted === false;
    const assessed =
      assessment === null
        ? []
        : [
            {
              ...assessment,
              party: null,
              title: `By ${name(assessment.issuer)}, ${of} is ${isTaken ? "not accepted" : "accepted"}`,
            },
          ];
    return [...submitted, ...assessed].map(({ index, at, party, title, text }) => ({
      id: `safeguard-${index}`,
      kind: "safeguard" as const,
      at,
      index,
      party,
      title,
      words: text,
    }));
  });
}

/** Reports that were not there when they were due. A time that is past is shown by the first mark after it. */
function overdue(state: State, name: Name): Derived[] {
  return reportingOf(state)
    .filter(({ standing }) => standing !== "kept")
    .map(({ report, title, party, site, dueAt, ends }) => ({
      id: `report-${report}-${party}-${site ?? ""}-${ends}`,
      kind: "report" as const,
      at: dueAt + 1,
      index: null,
      party,
      title: `${name(party)} has not reported in time${site === null ? "" : ` on ${site}`}`,
      words: `${title} It was due at ${new Date(dueAt).toISOString()}.`,
    }));
}

/** What convicts somebody by itself: entries that the keeper should not have appended, and issuers that said two things under one number. */
function faults(state: State, name: Name): Derived[] {
  const keeper = name(state.agreement.terms?.keeper.id ?? "the keeper");
  const charged = [...state.faults].map(({ index, refused, message }) => ({
    id: `record-${index}`,
    kind: "record" as const,
    at: markBefore(state, index),
    index,
    party: null,
    title: `${keeper} appended an entry that counts for nothing: ${refused}`,
    words: message,
  }));
  const contradictions = state.contradictions.map(({ issuer, sequence, ids, index }) => ({
    id: `record-${index}`,
    kind: "record" as const,
    at: markBefore(state, index),
    index,
    party: issuer,
    title: `${name(issuer)} signed two statements with the number ${sequence}`,
    words: `They are ${ids.join(" and ")}.`,
  }));
  return [...charged, ...contradictions];
}

/** The entry of the first mark at or after an instant. */
function markShowing({ marks, size }: State, at: number): number {
  return marks.get(firstMarkThat(marks, (mark) => mark.at >= at))?.index ?? size;
}
