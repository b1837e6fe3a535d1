/** Exit codes of `standstill`, the same for every command. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  badInput: 2,
  altered: 3,
  forkedOrTruncated: 4,
  keeperFault: 5,
  notReproduced: 6,
  findings: 7,
  refused: 8,
  notRecomputed: 9,
} as const;

/** Name of an exit code. */
export type ExitName = keyof typeof EXIT;

/** What each code means, whatever the command is; the help of a command tells what it means there. */
export const EXIT_MEANINGS: Readonly<Record<ExitName, string>> = {
  ok: "done; for audit: verified",
  unexpected: "an error that this program did not expect",
  badInput: "bad usage or bad input; a file, port or peer that cannot be used",
  altered: "something was altered, or is not what was committed to or can be proved",
  forkedOrTruncated: "a log forked, is truncated, or is not the one that the policy names",
  keeperFault: "audit: the keeper appended what is not admissible",
  notReproduced: "audit: a verdict is not what its evidence gives",
  findings: "there are findings",
  refused: "gate: a job may not run, or has to stop",
  notRecomputed:
    "audit: not everything was computed again, as this program does not have its version or method, or not the evidence; nobody is accused",
};

const NAMES = [
  "ok",
  "unexpected",
  "badInput",
  "altered",
  "forkedOrTruncated",
  "keeperFault",
  "notReproduced",
  "findings",
  "refused",
  "notRecomputed",
] as const satisfies readonly ExitName[];

/** Codes as help prints them, the smallest first. */
export function exitLines(meanings: Readonly<Partial<Record<ExitName, string>>>): string[] {
  return NAMES.flatMap((name) => {
    const meaning = meanings[name];
    return meaning === undefined ? [] : [`${EXIT[name]}  ${meaning}`];
  });
}
