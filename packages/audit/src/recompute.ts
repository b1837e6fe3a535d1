import { EvidenceError } from "@standstill/evidence";
import { IndicatorError, measurementBody } from "@standstill/indicators";
import {
  blobPath,
  canonicalJson,
  RecordError,
  type RecordSource,
  readBlob,
  textOf,
} from "@standstill/record";
import type { State } from "@standstill/replay";
import { computeVerdict } from "@standstill/verification";
import { AuditFault } from "./fault.ts";

/** How much was computed again. */
export interface Recomputed {
  verdicts: number;
  measurements: number;
}

/** Computes again what entry `index` published, from the state before it and the inputs beside the log. */
export async function recompute(
  source: RecordSource,
  before: State,
  after: State,
  index: number,
  done: Recomputed,
): Promise<void> {
  const verdict =
    after.verdicts === before.verdicts
      ? undefined
      : [...after.verdicts.verdicts.values()].find((one) => one.index === index);
  if (verdict !== undefined) {
    const hash = before.evidence.reports.get(verdict.body.report)?.body.evidence as string;
    const evidence = await input(source, hash, index);
    compare(index, verdict.body, () => computeVerdict(before, verdict.body.report, evidence));
    done.verdicts++;
  }
  const measurement =
    after.indicators === before.indicators
      ? undefined
      : after.indicators.measurements.find((one) => one.index === index);
  if (measurement !== undefined) {
    const { input: hash, from, source: words } = measurement.body;
    const text = await input(source, hash, index);
    compare(index, measurement.body, () => measurementBody(textOf(text), hash, from, words));
    done.measurements++;
  }
}

async function input(source: RecordSource, hash: string, index: number): Promise<Uint8Array> {
  const bytes = await readBlob(source, hash);
  if (bytes !== undefined) return bytes;
  throw new RecordError("store-missing", `expected what entry ${index} rests on, got none`, {
    place: blobPath(hash),
  });
}

function compare(index: number, published: unknown, computed: () => unknown): void {
  const place = `entry ${index}`;
  try {
    if (canonicalJson(computed()) === canonicalJson(published)) return;
  } catch (error) {
    if (!(error instanceof EvidenceError || error instanceof IndicatorError)) throw error;
    throw new AuditFault("verdict-not-reproduced", place, error.message);
  }
  throw new AuditFault(
    "verdict-not-reproduced",
    place,
    "expected what the evidence gives, got something else",
  );
}
