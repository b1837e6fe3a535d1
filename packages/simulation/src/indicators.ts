import {
  closureFindings,
  commitRows,
  type IndicatorFinding,
  loopClosure,
  type MeasuredIndicator,
  oversightFindings,
  oversightOf,
  parsePullRequests,
  parseStageItems,
} from "@standstill/indicators";
import { sha256, utf8 } from "@standstill/record";
import type { PlannedIndicators } from "./example.ts";

type Planned = PlannedIndicators["measurements"][number];
const METHODS: Readonly<Record<Planned["measure"], (text: string) => readonly IndicatorFinding[]>> =
  {
    oversight: (text) => oversightFindings(oversightOf(parsePullRequests(text))),
    closure: (text) => closureFindings(loopClosure(parseStageItems(text))),
  };

/**
 * What a measurer says of its rows: each indicator with the commitment. The seed is that of the subject's rows and is not secret, as
 * the rows of an invented party need not be; both measurers were given the same.
 */
export function measuredBodies({
  subject,
  text,
  measure,
  period,
  indicators,
}: Planned): MeasuredIndicator[] {
  const rows = text.split("\n").filter((line) => line !== "");
  const { root } = commitRows(rows, sha256(utf8(`example ${subject} ${measure}`)));
  const wanted = METHODS[measure](text).filter(({ indicator }) => indicators.includes(indicator));
  return wanted.map(({ indicator, result }) => ({
    indicator,
    evidenceClass: "measurer",
    subject,
    period,
    result,
    method: { name: `${measure}-of-exports`, version: 1 },
    parameters: {},
    commitment: root,
    rows: rows.length,
  }));
}
