import {
  CHECKPOINT_PATH,
  checkEveryFile,
  equalBytes,
  type Log,
  type Policy,
  type RecordSource,
  sha256,
  textOf,
  toBase64,
  toHex,
} from "@standstill/record";
import {
  emptyState,
  isUnknownVersion,
  type NotUnderstood,
  replayLog,
  type State,
} from "@standstill/replay";
import { type Method, methods as ownMethods, verdictPublish } from "@standstill/verification";
import { AuditFault, type AuditOutcome, faultOf } from "./fault.ts";
import { type NotRecomputed, NotRecomputedCount } from "./not-recomputed.ts";
import { type Recomputed, recompute } from "./recompute.ts";
import { encodeState, isOfHistory, type Snapshot } from "./snapshot/snapshot.ts";
import { openVerifiedLog } from "./verified-log.ts";

/** What an audit found. */
export interface AuditReport {
  readonly outcome: AuditOutcome;
  /** The first place that is wrong, or that was not recomputed: a file, an entry. */
  readonly place: string | undefined;
  readonly message: string;
  /** Whether a policy said whose log this must be; without one an audit proves consistency, not identity. */
  readonly identityChecked: boolean;
  readonly size: number;
  /** Entries that an earlier audit replayed, and that this one did not read again. */
  readonly startedFrom: number;
  readonly root: string | undefined;
  /** The checkpoint note that was audited. */
  readonly checkpoint: string | undefined;
  /** Tiles that no checkpoint covers: a keeper at work has some. */
  readonly filesBeyond: number;
  readonly statements: number;
  readonly verdictsRecomputed: number;
  readonly measurementsRecomputed: number;
  /** What was not computed again or judged, and why. It accuses nobody. */
  readonly notRecomputed: readonly NotRecomputed[];
  /** Marks that were late, or ahead of the witnesses' time. They stand, and who relies on a deadline should look. */
  readonly doubtfulMarks: readonly { readonly index: number; readonly message: string }[];
  /**
   * SHA-256 of the state that the record comes to (`encodeState`): two auditors who see the same see the same here. Nothing where this program
   * did not understand every statement.
   */
  readonly state: string | undefined;
}

/** What an auditor brings along. */
export interface AuditOptions {
  readonly policy?: Policy;
  /** A checkpoint note that was trusted before: the log must have grown from it. */
  readonly since?: Uint8Array;
  /** What an earlier audit came to: entries before its end are not read again. The log must have grown from there. */
  readonly from?: Snapshot;
  /** `false` leaves verdicts and measurements as they are published: quicker, and proves less. */
  readonly recompute?: boolean;
  /** The methods by which verdicts are computed again; those of this program if nothing is said. */
  readonly methods?: readonly Method[];
  readonly onProgress?: (done: number, all: number) => void;
  /** Called with the replayed state and the log when nothing is wrong and every statement was understood. */
  readonly onState?: (state: State, log: Log) => void;
}

/**
 * Checks a record from nothing: checkpoint signatures, the whole tree, every file, every statement's envelope, signature,
 * role and sequence; repeats admission, replays, and computes again every verdict and measurement of class `anyone`, by the method that it
 * names.
 *
 * @example (await audit(directorySource("data/record"), { policy })).outcome // "verified"
 */
export async function audit(
  source: RecordSource,
  options: AuditOptions = {},
): Promise<AuditReport> {
  const { policy, since, from, methods = ownMethods } = options;
  const done: Recomputed = { verdicts: 0, measurements: 0, not: new NotRecomputedCount() };
  let log: Log | undefined;
  let state = from?.state ?? emptyState;
  let stateHash: string | undefined;
  let filesBeyond = 0;
  const report = (
    outcome: AuditOutcome,
    place: string | undefined,
    message: string,
  ): AuditReport => ({
    outcome,
    place,
    message,
    identityChecked: policy !== undefined,
    size: log?.checkpoint.size ?? 0,
    startedFrom: from?.state.size ?? 0,
    root: log === undefined ? undefined : toBase64(log.checkpoint.root),
    checkpoint: log === undefined ? undefined : textOf(log.note),
    filesBeyond,
    statements: state.statements.size,
    verdictsRecomputed: done.verdicts,
    measurementsRecomputed: done.measurements,
    notRecomputed: done.not.all,
    doubtfulMarks: [...state.marks].flatMap(({ doubt }) => (doubt === undefined ? [] : [doubt])),
    state: stateHash,
  });
  try {
    const opened = await openVerifiedLog(source, policy, since);
    log = opened;
    if (from !== undefined) await checkSnapshot(opened, from);
    filesBeyond = await checkEveryFile(source, opened);
    const { checkpoint, tree } = opened;
    await replayLog(tree, state, async (before, after) => {
      state = after;
      await checkMark(before, after, opened);
      if (options.recompute !== false) await recompute(source, before, after, methods, done);
      options.onProgress?.(after.size, checkpoint.size);
    });
    checkKeeper(state);
    for (const one of state.notUnderstood) done.not.add(...notUnderstood(one));
    if (state.notUnderstood.size === 0) {
      stateHash = toHex(sha256(encodeState(state)));
      options.onState?.(state, opened);
    }
    const [first] = done.not.all;
    if (first !== undefined)
      return report("not-recomputed", `entry ${first.index}`, notAllWords(policy));
    return report("verified", undefined, policy === undefined ? CONSISTENT : IDENTIFIED);
  } catch (error) {
    const { outcome, place, message } = faultOf(error);
    return report(outcome, place, message);
  }
}

const CONSISTENT =
  "The record agrees with itself. Whose log it is was not checked: give --policy for that.";
const IDENTIFIED =
  "Every byte is covered by a checkpoint that the policy's log and witnesses signed.";

const NOT_ALL = "Log, tree and files are in order, and the log is signed and cosigned";

/** What an earlier audit saw must be the beginning of this log. */
async function checkSnapshot({ checkpoint, tree }: Log, from: Snapshot): Promise<void> {
  const { origin, size } = from.checkpoint;
  const isGrown = origin === checkpoint.origin && size <= checkpoint.size;
  if (isGrown && isOfHistory(from, await tree.root(size))) return;
  const message = `expected a log that has grown from the ${size} entries of ${origin} that the snapshot covers, got ${checkpoint.size} of ${checkpoint.origin} that do not continue them`;
  throw new AuditFault("forked-or-truncated", CHECKPOINT_PATH, message);
}

/** A mark's checkpoint is one that witnesses cosigned: it must be of this very history. */
async function checkMark(before: State, after: State, { tree }: Log): Promise<void> {
  const { index, witnessed } = after.clock;
  if (after.clock === before.clock || witnessed === undefined) return;
  if (equalBytes(await tree.root(witnessed.size), witnessed.root)) return;
  throw new AuditFault(
    "forked-or-truncated",
    `entry ${index}`,
    `expected in the mark a checkpoint of this history, got one of ${witnessed.size} entries with another root: witnesses cosigned another history`,
  );
}

function notAllWords(policy: Policy | undefined): string {
  return policy === undefined
    ? `${NOT_ALL}. Whose log it is was not checked: give --policy for that.`
    : `${NOT_ALL} as the policy asks.`;
}

function notUnderstood(one: NotUnderstood) {
  const what = one.type === verdictPublish.type ? "verdict" : "statement";
  const why = isUnknownVersion(one) ? "unknown-version" : "after-unknown-version";
  return [what, why, one.index, one.message] as const;
}

function checkKeeper(state: State): void {
  const fault = state.faults.get(0);
  if (fault === undefined) return;
  throw new AuditFault(
    "keeper-fault",
    `entry ${fault.index}`,
    `${fault.refused}: ${fault.message}`,
  );
}
