import { timelineOf } from "@standstill/adjudication";
import type { State } from "./state.ts";

/** What a notice is about. */
export type NoticeKind = "agreement" | "verdict" | "case" | "emergency" | "stop";

/** Something that people want to hear of, with its place in the record. */
export interface Notice {
  /** The same whoever derives it, and never used again. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** Instant of the mark before it; POSIX milliseconds. */
  readonly at: number;
  /** Entry of the record; `null` where time alone caused it. */
  readonly index: number | null;
  readonly party: string | null;
  readonly title: string;
  readonly words: string;
}

const MOST = 200;

/**
 * What happened that people want to hear of, the newest last: who came to be bound or no more, triggers, lifting, verdicts that doubt, every word in a
 * case, emergencies and stops. It is derived from the state, so that nobody can be left out and nothing is told that did not happen.
 *
 * @example noticesOf(state).filter(({ kind }) => kind === "case").at(-1)?.title
 */
export function noticesOf(state: State): Notice[] {
  const name = (id: string) =>
    state.agreement.terms?.parties.find((party) => party.id === id)?.name ?? id;
  const all = [
    ...changes(state, name),
    ...verdicts(state, name),
    ...cases(state, name),
    ...brakes(state, name),
  ];
  const sorted = all.sort(
    (a, b) => a.at - b.at || (a.index ?? 0) - (b.index ?? 0) || (a.id < b.id ? -1 : 1),
  );
  return sorted.slice(-MOST);
}

type Name = (id: string) => string;

function changes({ agreement }: State, name: Name): Notice[] {
  const told = agreement.coalition.history.slice(-MOST);
  const first = agreement.coalition.history.length - told.length;
  return told.map(({ at, index, party, status, mode, trigger }, i) => {
    const who = party === undefined ? (trigger ?? "The agreement") : name(party);
    return {
      ...{ id: `agreement-${first + i}`, kind: "agreement", at, index: index ?? null },
      ...{ party: party ?? null, title: `${who}: ${status.replaceAll("-", " ")}` },
      words: mode === undefined ? "" : `Mode ${mode}.`,
    };
  });
}

function verdicts({ verdicts: { verdicts: all }, ...state }: State, name: Name): Notice[] {
  return [...all.values()]
    .filter(({ body }) => body.verdict === "anomalous")
    .slice(-MOST)
    .map(({ index, body }) => {
      const findings = body.obligations.flatMap((one) => one.findings);
      return {
        ...{ id: `verdict-${index}`, kind: "verdict", index, party: body.party },
        at: markBefore(state, index),
        title: `Verdict on ${name(body.party)}, ${body.site}: ${body.verdict}`,
        words: `${findings.map(({ sentence }) => sentence).join(" ")} A finding accuses nobody.`,
      };
    });
}

function cases(state: State, name: Name): Notice[] {
  return [...state.cases.cases.values()].slice(-MOST).flatMap((one) =>
    timelineOf(one).map(({ index, at, issuer, deed, about, text }) => ({
      ...{ id: `case-${index}`, kind: "case" as const, at, index, party: one.party },
      title: `Case ${one.name}: ${name(issuer)} ${deed}${about === null ? "" : ` (${about})`}`,
      words: text,
    })),
  );
}

function brakes({ gate }: State, name: Name): Notice[] {
  const emergencies = [...gate.emergencies].flatMap(([party, all]) =>
    all.map(({ index, since, site, reason }) => ({
      ...{ id: `emergency-${index}`, kind: "emergency" as const, at: since, index, party },
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
              ...{ id: `stop-${word.index}`, kind: "stop" as const, at: word.at },
              ...{ index: word.index, party: null, title: `${site} ${says}`, words: word.text },
            },
          ],
    ),
  );
  return [...emergencies, ...stops];
}

function markBefore({ marks }: Pick<State, "marks">, index: number): number {
  let found = marks.get(0)?.at ?? 0;
  for (const mark of marks) {
    if (mark.index > index) break;
    found = mark.at;
  }
  return found;
}
