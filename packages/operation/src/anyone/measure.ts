import { measurementReport } from "@standstill/evidence";
import { indicatorMeasure, measurementBody } from "@standstill/indicators";
import { utf8 } from "@standstill/record";
import { actOf } from "../speak/act.ts";
import type { Entry } from "../speak/registrar.ts";
import { sameWords } from "../speak/same-words.ts";
import type { Speaker } from "../speak/speaker.ts";

/** Tells what the issuer measured of a party or a site in a period; of itself it is its own word, of others independent of them. */
export const measure = actOf(measurementReport, ({ evidence }, body, issuer) => {
  const told = [...(evidence.measurementsOf.get(body.of) ?? [])];
  return told.some((one) => one.party === issuer && sameWords(one.body, body));
});

/** Tells what the issuer measured of an indicator: from published data, or from rows that stay where they are. */
export const measureIndicator = actOf(indicatorMeasure, ({ indicators }, body, issuer) => {
  if (body.indicator === "training-compute")
    return sameWords(indicators.newest.get(issuer)?.body, body);
  const series = indicators.measured.get(body.indicator)?.get(body.subject)?.get(issuer) ?? [];
  return series.some((one) => sameWords(one.body, body));
});

/** A table of published data, where it is from, and the day from which on its rows count. */
export interface PublishedTable {
  readonly text: string;
  readonly source: string;
  /** As `2018-01-01`. */
  readonly from: string;
}

/** Measures how fast published training compute doubles, with the table stored beside the record, so that anybody can measure again. */
export async function measurePublished(
  speaker: Speaker,
  { text, source, from }: PublishedTable,
): Promise<Entry | undefined> {
  const hash = await speaker.registrar.storeEvidence(utf8(text));
  return measureIndicator(speaker, measurementBody(text, hash, from, source));
}
