import type { Decision } from "@standstill/gate";

type Objection = Decision["objections"][number];

/** What of a decision people read. */
interface ReadDecision
  extends Pick<Decision, "decision" | "atMost" | "until" | "isLease" | "sentence" | "asOf"> {
  readonly objections: readonly Omit<Objection, "sentence">[];
  readonly mode: string | null;
}

/** A decision as people read it. */
export function decisionLines(decision: ReadDecision): string {
  const { atMost, until, isLease, objections, sentence, asOf, mode } = decision;
  const word = decision.decision === "allow" ? "It may run." : "It may not run.";
  return [
    objections.length > 0 ? word : `${word} ${sentence}`,
    ...objections.map(
      ({ clause, title, expected, got }) =>
        `  ${clause}: ${title}\n    expected ${expected}\n    got      ${got}`,
    ),
    `At most ${atMost}${isLease ? `; without a time limit it asks again by ${new Date(until).toISOString()}` : ""}.`,
    `By the record as of ${new Date(asOf).toISOString()}; ${mode === null ? "nothing binds" : `mode ${mode}`}.`,
  ].join("\n");
}
