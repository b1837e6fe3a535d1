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
} as const;

/** The exit codes as `--help` prints them. */
export const EXIT_CODES_HELP = `
Exit codes:
  0  done; for audit: verified
  1  an error that this program did not expect
  2  bad usage or bad input
  3  audit: something was altered; attest: unverifiable; indicators check: not committed
  4  audit: forked, truncated, or not the log that the policy names
  5  audit: the keeper appended what is not admissible
  6  audit: a verdict is not what its evidence gives
  7  verify, agreement check: there are findings
  8  gate: a job may not run, or has to stop`;
