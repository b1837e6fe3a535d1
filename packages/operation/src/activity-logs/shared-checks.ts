/** Checks that the first thread runs beside the linking of runs; together both take about as long as the others. */
const FIRSTS = new Set(["one-context", "weights-known", "data-origin", "provenance", "limits"]);

/** Whether the second thread runs a check; the first runs the others. */
export function isSecond(check: string): boolean {
  return !FIRSTS.has(check);
}
