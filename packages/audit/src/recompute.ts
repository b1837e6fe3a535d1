import { EvidenceError } from "@standstill/evidence";
import {
  IndicatorError,
  indicatorMeasure,
  isMeasuredByKnownMethod,
  measuredAgain,
} from "@standstill/indicators";
import {
  canonicalJson,
  RecordError,
  type RecordSource,
  readBlob,
  textOf,
} from "@standstill/record";
import type { State } from "@standstill/replay";
import { findMethod, type Method, type MethodName, verdictPublish } from "@standstill/verification";
import { AuditFault } from "./fault.ts";
import type { NotRecomputedCount, WhyNot } from "./not-recomputed.ts";

/** How much was computed again, and what was not. */
export interface Recomputed {
  verdicts: number;
  measurements: number;
  readonly not: NotRecomputedCount;
}

/** What somebody published that anybody can compute again. */
interface Claim {
  readonly what: "verdict" | "measurement";
  readonly index: number;
  readonly method: MethodName;
  /** Hash of what it rests on. */
  readonly evidence: string;
  readonly body: unknown;
  /** What its method gives; nothing where this program does not have the method. */
  readonly compute: ((evidence: Uint8Array) => unknown) | undefined;
}

/**
 * Computes again what the newest statement published, by the method that it names, from the state before it and what lies beside the log.
 * What cannot be computed again is counted with its reason; only a result of the same method that differs is a fault.
 */
export async function recompute(
  source: RecordSource,
  before: State,
  after: State,
  methods: readonly Method[],
  done: Recomputed,
): Promise<void> {
  const claim = claimIn(before, after, methods);
  if (claim === undefined) return;
  const { what, index, method, evidence, compute } = claim;
  const leave = (why: WhyNot, message: string) => done.not.add(what, why, index, message);
  const [unknown] = before.notUnderstood;
  if (unknown !== undefined) return leave("after-unknown-version", unknown.message);
  if (compute === undefined)
    return leave(
      "unknown-method",
      `expected a method that this program has, got ${method.name} ${JSON.stringify(method.version)}`,
    );
  const bytes = await readBlob(source, evidence);
  if (bytes === undefined)
    return leave("evidence-missing", `expected what it rests on as ${evidence}, got none`);
  try {
    compare(claim, compute(bytes));
  } catch (error) {
    if (isUnreadable(error)) return leave("evidence-unreadable", error.message);
    // The method gives no verdict on such a report.
    if (error instanceof RecordError) throw notReproduced(index, error.message);
    throw error;
  }
  if (what === "verdict") done.verdicts++;
  else done.measurements++;
}

/** The newest statement that was admitted, if it is one that can be computed again. */
function claimIn(before: State, after: State, methods: readonly Method[]): Claim | undefined {
  if (after.statements.size === before.statements.size) return undefined;
  const said = after.statements.get(after.statements.size - 1);
  switch (said?.type) {
    case verdictPublish.type:
      return verdictIn(before, after, said.id, methods);
    case indicatorMeasure.type:
      return measurementIn(after, said.issuer, said.index);
    default:
      return undefined;
  }
}

function verdictIn(
  before: State,
  { verdicts }: State,
  id: string,
  methods: readonly Method[],
): Claim | undefined {
  const verdict = verdicts.verdicts.get(verdicts.reportOf.get(id, ""));
  const report = before.evidence.reports.get(verdict?.body.report ?? "");
  if (verdict === undefined || report === undefined) return undefined;
  const { index, body } = verdict;
  const method = findMethod(body.method, methods);
  const { evidence } = report.body;
  return {
    what: "verdict",
    index,
    method: body.method,
    evidence,
    body,
    compute: method && ((bytes) => method.computeVerdict(before, body.report, bytes)),
  };
}

function measurementIn({ indicators }: State, issuer: string, index: number): Claim | undefined {
  const newest = indicators.newest.get(issuer);
  if (newest?.index !== index) return undefined;
  const { body } = newest;
  return {
    what: "measurement",
    index,
    method: body.method,
    evidence: body.input,
    body,
    compute: isMeasuredByKnownMethod(body)
      ? (bytes) => measuredAgain(body, textOf(bytes))
      : undefined,
  };
}

function compare({ index, body }: Claim, computed: unknown): void {
  if (canonicalJson(computed) !== canonicalJson(body))
    throw notReproduced(index, "expected what the evidence gives, got something else");
}

function notReproduced(index: number, message: string): AuditFault {
  return new AuditFault("verdict-not-reproduced", `entry ${index}`, message);
}

function isUnreadable(error: unknown): error is Error {
  return (
    error instanceof EvidenceError ||
    error instanceof IndicatorError ||
    (error instanceof RecordError && error.code !== "malformed-statement")
  );
}
