import { agreementPropose, type Terms } from "@standstill/agreement";
import { EvidenceError } from "@standstill/evidence";
import {
  CHECKPOINT_PATH,
  COSIGNATURE_TYPE,
  canonicalJson,
  checkEveryFile,
  decodeBundle,
  decodeEntry,
  equalBytes,
  type LogContent,
  type NoteVerifier,
  noteVerifier,
  openNote,
  type Policy,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  quorumMet,
  RecordError,
  type RecordSource,
  readBlob,
  readLog,
  tilePath,
  toBase64,
} from "@standstill/record";
import { computeVerdict } from "./judgement.ts";
import { replayEntry } from "./replay.ts";
import { emptyState, type State } from "./state.ts";

/** How an audit ends, from good to bad. */
export type AuditOutcome =
  | "verified"
  | "altered"
  | "forked-or-truncated"
  | "keeper-fault"
  | "verdict-not-reproduced";

/** What an audit found. */
export interface AuditReport {
  readonly outcome: AuditOutcome;
  /** The first place that is wrong: a file, an entry. */
  readonly place: string | undefined;
  readonly message: string;
  /** Whether a policy said whose log this must be; without one an audit proves consistency, not identity. */
  readonly identityChecked: boolean;
  readonly size: number;
  readonly root: string | undefined;
  readonly statements: number;
  readonly verdictsRecomputed: number;
}

/** What an auditor brings along. */
export interface AuditOptions {
  readonly policy?: Policy;
  /** A checkpoint note that was trusted before: the log must have grown from it. */
  readonly since?: Uint8Array;
  readonly onProgress?: (done: number, all: number) => void;
  /** Called with the replayed state when everything verified. */
  readonly onState?: (state: State) => void;
}

/**
 * Checks a record from nothing: checkpoint signatures, the whole tree, every file, every statement's envelope, signature,
 * role and sequence; repeats admission, replays, and recomputes every verdict of class `anyone`.
 */
export async function audit(
  source: RecordSource,
  options: AuditOptions = {},
): Promise<AuditReport> {
  const result: Mutable<AuditReport> = {
    outcome: "verified",
    place: undefined,
    message: "",
    identityChecked: options.policy !== undefined,
    size: 0,
    root: undefined,
    statements: 0,
    verdictsRecomputed: 0,
  };
  try {
    const terms = await readTerms(source);
    const log = await readLog(source, verifiersOf(terms, options.policy));
    result.size = log.checkpoint.size;
    result.root = toBase64(log.checkpoint.root);
    checkSignatures(log, terms, options);
    if (options.since !== undefined)
      checkGrowth(log, options.since, verifiersOf(terms, options.policy));
    await checkEveryFile(source, log);
    const state = await replayAndRecompute(source, log, result, options.onProgress);
    result.statements = state.statements.length;
    const fault = state.faults[0];
    if (fault !== undefined) {
      throw new AuditFault(
        "keeper-fault",
        `entry ${fault.index}`,
        `${fault.refused}: ${fault.message}`,
      );
    }
    options.onState?.(state);
    result.message = options.policy
      ? "Every byte is covered by a checkpoint that the policy's log and witnesses signed."
      : "The record agrees with itself. Whose log it is was not checked: give --policy for that.";
  } catch (error) {
    const { outcome, place, message } = faultOf(error);
    result.outcome = outcome;
    result.place = place;
    result.message = message;
  }
  return result;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class AuditFault extends Error {
  readonly outcome: AuditOutcome;
  readonly place: string;

  constructor(outcome: AuditOutcome, place: string, message: string) {
    super(message);
    this.outcome = outcome;
    this.place = place;
  }
}

function faultOf(error: unknown): {
  outcome: AuditOutcome;
  place: string | undefined;
  message: string;
} {
  if (error instanceof AuditFault) return error;
  if (error instanceof RecordError) {
    const truncated =
      error.code === "store-missing" ||
      error.code === "signature-missing" ||
      error.code === "proof-invalid";
    if (error.code === "store-failed") throw error;
    return {
      outcome: truncated ? "forked-or-truncated" : "altered",
      place: error.place,
      message: error.message,
    };
  }
  throw error;
}

/** The terms stand in entry 0; nothing about them is trusted until the tree has been checked against the signature. */
async function readTerms(source: RecordSource): Promise<Terms> {
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined)
    throw new RecordError("store-missing", "expected a checkpoint, got none", {
      place: CHECKPOINT_PATH,
    });
  const size = inFile(CHECKPOINT_PATH, () => parseCheckpoint(parseNote(note).text).size);
  if (size === 0)
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      "expected at least one entry, got none",
    );
  const partial = tilePath({ level: "entries", index: 0, width: Math.min(size, 256) });
  const bytes =
    (await source.read(partial)) ??
    (await source.read(tilePath({ level: "entries", index: 0, width: 256 })));
  if (bytes === undefined)
    throw new RecordError("store-missing", `expected the file ${partial}, got none`, {
      place: partial,
    });
  return inFile(partial, () => {
    const first = decodeBundle(bytes, Math.min(size, 256))[0] as Uint8Array;
    const body = agreementPropose.body.safeParse(decodeEntry(first).statement.body);
    if (!body.success)
      throw new RecordError(
        "malformed-statement",
        "entry 0: expected the terms of an agreement, got none",
      );
    return body.data.terms;
  });
}

function verifiersOf(terms: Terms, policy: Policy | undefined): NoteVerifier[] {
  const witnesses = terms.witnessKeys.map(({ vkey }) => parseVerifier(vkey));
  const own = [parseVerifier(terms.log.vkey), ...witnesses];
  const trusted = policy === undefined ? [] : [...policy.logs, ...policy.witnesses.values()];
  const all = [
    ...trusted,
    ...own.map((v) =>
      v.type === COSIGNATURE_TYPE ? noteVerifier(v.name, v.publicKey, v.type) : v,
    ),
  ];
  return all.filter(
    (v, i) => all.findIndex((w) => w.name === v.name && equalBytes(w.keyId, v.keyId)) === i,
  );
}

/** Every line of the checkpoint must be somebody's whom the terms or the policy name, and enough of them. */
function checkSignatures(log: LogContent, terms: Terms, { policy }: AuditOptions): void {
  const lines = parseNote(log.note).signatures.length;
  if (log.verified.length !== lines) {
    throw new AuditFault(
      "altered",
      CHECKPOINT_PATH,
      `expected ${lines} signatures by named keys, got ${log.verified.length}`,
    );
  }
  const isNamed = (verifier: NoteVerifier) =>
    log.verified.some((v) => equalBytes(v.publicKey, verifier.publicKey));
  if (!isNamed(parseVerifier(terms.log.vkey))) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      "expected a signature by the log that the terms name, got none",
    );
  }
  const witnesses = terms.witnessKeys.map(({ vkey }) => parseVerifier(vkey)).filter(isNamed).length;
  if (witnesses < terms.witnessQuorum) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      `expected cosignatures by ${terms.witnessQuorum} witnesses, got ${witnesses}`,
    );
  }
  if (policy === undefined) return;
  if (!policy.logs.some(isNamed)) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      "expected a signature by a log of the policy, got none: this is another log, or it was signed anew",
    );
  }
  if (!quorumMet(policy, log.verified)) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      `expected the policy's quorum "${policy.quorum}" of witnesses, got less`,
    );
  }
}

function checkGrowth(log: LogContent, since: Uint8Array, verifiers: readonly NoteVerifier[]): void {
  const before = inFile("--since", () => parseCheckpoint(openNote(since, verifiers).text));
  if (before.size > log.checkpoint.size) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      `expected at least the ${before.size} entries seen before, got ${log.checkpoint.size}`,
    );
  }
  if (!equalBytes(log.tree.root(before.size), before.root)) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      `expected the first ${before.size} entries as seen before, got others: the log was forked`,
    );
  }
}

async function replayAndRecompute(
  source: RecordSource,
  log: LogContent,
  result: Mutable<AuditReport>,
  onProgress: AuditOptions["onProgress"],
): Promise<State> {
  let state = emptyState;
  for (const [index, entry] of log.entries.entries()) {
    const before = state;
    state = replayEntry(state, entry);
    for (const verdict of state.verdicts.verdicts.values()) {
      if (verdict.index !== index) continue;
      await recompute(source, before, verdict);
      result.verdictsRecomputed++;
    }
    onProgress?.(index + 1, log.entries.length);
  }
  return state;
}

async function recompute(
  source: RecordSource,
  state: State,
  verdict: { index: number; body: { report: string } },
): Promise<void> {
  const hash = state.evidence.reports.get(verdict.body.report)?.body.evidence as string;
  const evidence = await readBlob(source, hash);
  if (evidence === undefined) {
    throw new RecordError(
      "store-missing",
      `expected the evidence of entry ${verdict.index}, got none`,
      { place: `blob/${hash}` },
    );
  }
  const recomputed = evidenceError(`blob/${hash}`, () =>
    computeVerdict(state, verdict.body.report, evidence),
  );
  if (canonicalJson(recomputed) !== canonicalJson(verdict.body)) {
    throw new AuditFault(
      "verdict-not-reproduced",
      `entry ${verdict.index}`,
      "expected the verdict that the evidence gives, got another",
    );
  }
}

function evidenceError<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvidenceError)
      throw new AuditFault("verdict-not-reproduced", place, error.message);
    throw error;
  }
}

function inFile<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecordError) || error.place !== undefined) throw error;
    throw new RecordError(error.code, error.message, { place, cause: error });
  }
}
