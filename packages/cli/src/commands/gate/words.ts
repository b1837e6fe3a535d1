import type { Decision } from "@standstill/gate";

/** JSON as commands print it, with amounts as text. */
export function asJson(value: unknown, replacer: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replacer, 2);
}

/** A decision as people read it. */
export function decisionLines(decision: Decision): string[] {
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
  ];
}
