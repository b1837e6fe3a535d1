/** Progress goes to standard error, so that answers on standard output stay clean. */
export function tell(text) {
  process.stderr.write(`${text}\n`);
}

/** Ends with a message of three lines: what was expected, what came, what to do. */
export function fail(expected, came, remedy) {
  tell(`Error: expected ${expected}, got ${came}\nTo do: ${remedy}`);
  process.exit(1);
}
