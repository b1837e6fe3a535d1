import { EvidenceError } from "../../error.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";

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
  receiver: Receiver,
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
    const found = sampleOf(line, place);
    const series = receiver.resolve(found.metric, found.labels);
    const timeMs = timeOf(found.time, isOpenMetrics, scrapedAtMs, place);
    const value = numberOf(found.value, place);
    receiver.add(series, timeMs, value);
    samples++;
  }
  return samples;
}

/** Lines that one answer may have. */
const MOST_LINES = 2_000_000;
const NAME = /([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(\{)?/y;
const LABEL = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,|(?=\}))/y;
const LABELS_END = /[ \t]*\}/y;
/** Value, time, and in OpenMetrics an exemplar, which is passed over. */
const REST = /[ \t]*(\S+)(?:[ \t]+([^\s#]+))?(?:[ \t]+#[^\n]*)?[ \t\r]*$/y;

interface Sample {
  readonly metric: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: string;
  readonly time: string | undefined;
}

function sampleOf(line: string, place: string): Sample {
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const [, metric, brace] = match(NAME) ?? [];
  if (metric === undefined) throw malformed("a metric", place);
  const labels = new Map<string, string>();
  if (brace !== undefined) {
    for (let label = match(LABEL); label !== null; label = match(LABEL)) {
      const [, name = "", value = ""] = label;
      if (labels.has(name)) throw malformed("each label once", place);
      labels.set(
        name,
        value.replaceAll(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one)),
      );
    }
    if (match(LABELS_END) === null) throw malformed("labels", place);
  }
  const [, value, time] = match(REST) ?? [];
  if (value === undefined) throw malformed("a value", place);
  return { metric, labels, value, time };
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
