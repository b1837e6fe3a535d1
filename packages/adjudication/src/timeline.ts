import type { Case } from "./case.ts";

/** What somebody did in a case. */
export type CaseDeed =
  | "opened"
  | "answered"
  | "took"
  | "extended"
  | "voted"
  | "ruled"
  | "appealed"
  | "remedied"
  | "withdrew";

/** One event of a case, as a journalist would follow it. */
export interface CaseLine {
  readonly index: number;
  /** Instant of the mark before it; POSIX milliseconds. */
  readonly at: number;
  readonly issuer: string;
  readonly deed: CaseDeed;
  /** Step concerned, or what was ruled; `null` where neither. */
  readonly about: string | null;
  readonly text: string;
}

/**
 * Everything that was said in a case, in the order of the record.
 *
 * @example timelineOf(one).map(({ issuer, deed }) => `${issuer} ${deed}`)
 */
export function timelineOf(one: Case): CaseLine[] {
  const { index, openedAt: at, question, answer } = one;
  const issuer = one.openedBy ?? "the record";
  const ruled = new Set(one.rulings.map((ruling) => ruling.index));
  const lines: CaseLine[] = [
    { index, at, issuer, deed: "opened", about: one.clause, text: question },
    ...one.acts
      .filter((act) => !ruled.has(act.index))
      .map(({ step, ...act }): CaseLine => {
        const deed = act.index === answer?.index ? "answered" : "took";
        return { ...act, deed, about: step };
      }),
    ...one.extended.map(({ step, ...act }) => ({ ...act, deed: "extended", about: step }) as const),
    ...one.ballots.map(
      ({ step, ballot: _, ...act }) => ({ ...act, deed: "voted", about: step }) as const,
    ),
    ...one.rulings.map(
      ({ violation, remedy, recused: _, text, ...event }): CaseLine => ({
        ...event,
        deed: "ruled",
        about: violation,
        text: remedy === null ? text : `${text} To do: ${remedy.text}`,
      }),
    ),
    ...one.appeals.map((event) => ({ ...event, deed: "appealed", about: null }) as const),
    ...one.remedies.map((event) => ({ ...event, deed: "remedied", about: null }) as const),
    ...(one.withdrawn === undefined
      ? []
      : [{ ...one.withdrawn, deed: "withdrew", about: null } as const]),
  ];
  return lines.sort((a, b) => a.index - b.index);
}
