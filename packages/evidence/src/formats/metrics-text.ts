import { EvidenceError } from "../error.ts";
import { type Intake, UNWANTED } from "../intake/intake.ts";

/** Lines that one answer may have. */
const MOST_LINES = 2_000_000;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{(.*)\})?\s+(\S+)(?:\s+(\S+))?(?:\s+#.*)?\s*$/;

/**
 * Takes in an answer of an exporter: Prometheus text format 0.0.4, or OpenMetrics 1.0 where the type of the content says so.
 * Times are milliseconds in the one and seconds in the other; a reading without one has the time of the scrape.
 *
 * @returns how many readings there were, whatever became of them
 */
export function readMetricsText(
  text: string,
  contentType: string,
  scrapedAtMs: number,
  intake: Intake,
): number {
  const isOpenMetrics = contentType.startsWith("application/openmetrics-text");
  const lines = text.split("\n");
  if (lines.length > MOST_LINES) {
    const message = `expected at most ${MOST_LINES} lines of metrics, got ${lines.length}`;
    throw new EvidenceError("limit-exceeded", message);
  }
  if (isOpenMetrics && !/(?:^|\n)# EOF\n?$/.test(text)) {
    throw new EvidenceError(
      "malformed-file",
      'expected OpenMetrics up to "# EOF", got an answer cut off',
    );
  }
  let samples = 0;
  for (const [i, line] of lines.entries()) {
    if (line === "" || line.startsWith("#") || line.trim() === "") continue;
    const place = `line ${i + 1}`;
    const [, metric, labelText, valueText, timeText] = SAMPLE.exec(line) ?? [];
    if (metric === undefined || valueText === undefined) throw malformed("a metric", place);
    const series = intake.resolve(metric, labelsOf(labelText ?? "", place));
    samples++;
    if (series === UNWANTED) {
      intake.unwanted++;
      continue;
    }
    intake.add(
      series,
      timeOf(timeText, isOpenMetrics, scrapedAtMs, place),
      numberOf(valueText, place),
    );
  }
  return samples;
}

function labelsOf(text: string, place: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    LABEL.lastIndex = at;
    const found = LABEL.exec(text);
    const [, name, value] = found ?? [];
    if (name === undefined || value === undefined || labels.has(name)) {
      throw malformed("labels, each once", place);
    }
    labels.set(
      name,
      value.replaceAll(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one)),
    );
    at = LABEL.lastIndex;
  }
  return labels;
}

function numberOf(text: string, place: string): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw malformed("a number", place);
  return Number(text);
}

function timeOf(
  text: string | undefined,
  isOpenMetrics: boolean,
  scrapedAtMs: number,
  place: string,
): number {
  if (text === undefined) return scrapedAtMs;
  const time = numberOf(text, place);
  return isOpenMetrics ? Math.round(time * 1000) : time;
}

function malformed(expected: string, place: string): EvidenceError {
  const message = `expected ${expected} in Prometheus text format, got something else`;
  return new EvidenceError("malformed-file", message, { place });
}
