import {
  encodeEvidence,
  type PeriodReport,
  periodReport,
  type SiteEvidence,
  sealEvidence,
} from "@standstill/evidence";
import { concatBytes, sha256, toHex, utf8 } from "@standstill/record";
import type { State } from "@standstill/replay";
import type { Entry } from "../speak/registrar.ts";
import { inTurn } from "../speak/speak.ts";
import type { Speaker } from "../speak/speaker.ts";
import { type MeasuredPeriod, periodEvidence } from "./period-evidence.ts";

/**
 * Reports a period of a site: makes windows of what its meters told, seals them, stores them beside the record, and says so. A period that is on record
 * is not reported again. Refuses (`RefusedError`) a site that nobody declared, and terms that do not say how compute is measured.
 *
 * @example await report(aster, { site: "aster/hall", period, salt: periodSalt(secret, "aster/hall", period.start), telemetry });
 */
export async function report(
  operator: Speaker,
  measured: MeasuredPeriod,
): Promise<Entry | undefined> {
  if (isReported(operator.registrar.state, measured)) return undefined;
  const evidence = await periodEvidence(operator.registrar.state, measured);
  return reportEvidence(operator, measured, evidence);
}

/** Reports a period of a site by evidence that was made before. */
export function reportEvidence(
  operator: Speaker,
  { site, period }: Pick<MeasuredPeriod, "site" | "period">,
  evidence: SiteEvidence,
): Promise<Entry | undefined> {
  const { root, energyMillijoules } = sealEvidence(evidence);
  return inTurn(operator, async (say) => {
    if (isReported(operator.registrar.state, { site, period })) return undefined;
    return say(periodReport, {
      site,
      period,
      feeds: feedsOf(evidence, operator.issuer),
      seal: { root, energyMillijoules: `${energyMillijoules}` },
      evidence: await operator.registrar.storeEvidence(encodeEvidence(evidence)),
    });
  });
}

/**
 * The salt of a period's seal: from a secret that the operator keeps, so that a report that was interrupted goes on with the same evidence.
 *
 * @param secret 32 bytes or more that nobody can guess
 * @returns 32 bytes of hexadecimal; who knows it can try readings until one fits the seal
 */
export function periodSalt(secret: Uint8Array, site: string, start: string): string {
  return toHex(sha256(concatBytes(utf8(`standstill period salt\n${site}\n${start}\n`), secret)));
}

function isReported(
  { evidence }: State,
  { site, period }: Pick<MeasuredPeriod, "site" | "period">,
): boolean {
  const reports = [...(evidence.reportsOf.get(site) ?? [])];
  return reports.some((id) => {
    const reported = evidence.reports.get(id)?.body.period;
    return reported?.start === period.start && reported.end === period.end;
  });
}

/** What the operator relays is signed by it; feeds with keys of their own sign for themselves. */
function feedsOf(
  { windows, jobs, counters, logs }: SiteEvidence,
  signer: string,
): PeriodReport["feeds"] {
  const feeds: PeriodReport["feeds"] = [];
  if (windows !== undefined) feeds.push({ kind: "node-power", signer });
  if (jobs !== undefined) feeds.push({ kind: "accounting", signer });
  if (counters.length > 0) feeds.push({ kind: "counters", signer });
  if (logs.length > 0) feeds.push({ kind: "activity-log", signer });
  return feeds;
}
