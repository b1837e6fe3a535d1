import { EvidenceError } from "@standstill/evidence";
import { RecordError } from "@standstill/record";
import { computeVerdict, type OnRecord, verdictPublish } from "@standstill/verification";
import { MovedOnError } from "../speak/moved-on-error.ts";
import type { Entry } from "../speak/registrar.ts";
import { inTurn } from "../speak/speak.ts";
import type { Keeper } from "../speak/speaker.ts";

/** How often a verdict is computed anew at most because the record went on meanwhile; then it waits for the next round. */
const MOST_TRIES = 5;

/** A report that has no verdict yet, and why. */
export interface Unjudged {
  /** Id of the `period/report`. */
  readonly report: string;
  readonly party: string;
  readonly because: string;
}

/** What a round of judging came to. */
export interface JudgedReports {
  readonly verdicts: readonly Entry[];
  readonly unjudged: readonly Unjudged[];
}

/**
 * Computes and publishes the verdict on every report that has none. Evidence that is not there or cannot be read keeps a report unjudged, which is silence of
 * its party, and keeps no other from its verdict.
 *
 * @param onJudging told whose report is next; a verdict may take seconds
 */
export async function judgeReports(
  keeper: Keeper,
  onJudging: (party: string) => void = () => undefined,
): Promise<JudgedReports> {
  const verdicts: Entry[] = [];
  const unjudged: Unjudged[] = [];
  for (const [report, { party }] of keeper.registrar.state.evidence.reports) {
    if (isJudged(keeper, report)) continue;
    onJudging(party);
    try {
      const entry = await judgeReport(keeper, report);
      if (entry !== undefined) verdicts.push(entry);
    } catch (error) {
      if (!isLeftUnjudged(error)) throw error;
      unjudged.push({ report, party, because: error.message });
    }
  }
  return { verdicts, unjudged };
}

/**
 * Computes and publishes the verdict on one report, as of the state right before it: that is the state from which everybody computes it again.
 *
 * @returns nothing where it was judged before
 */
async function judgeReport(keeper: Keeper, report: string): Promise<Entry | undefined> {
  const { registrar } = keeper;
  for (let tries = 1; ; tries++) {
    const state = registrar.state;
    const hash = state.evidence.reports.get(report)?.body.evidence ?? "";
    const verdict = computeVerdict(state, report, await registrar.readEvidence(hash));
    try {
      return await inTurn(keeper, async (say) =>
        isJudged(keeper, report)
          ? undefined
          : say(verdictPublish, verdict, (signed) =>
              registrar.append(signed, (_, before) => checkUnchanged(state, before)),
            ),
      );
    } catch (error) {
      if (!(error instanceof MovedOnError) || tries === MOST_TRIES) throw error;
    }
  }
}

function isJudged({ registrar }: Keeper, report: string): boolean {
  return registrar.state.verdicts.verdicts.has(report);
}

/** What a verdict may read of a state. The compiler names what is missing here when verdicts read more. */
const READ: Record<keyof OnRecord, true> = {
  agreement: true,
  evidence: true,
  verdicts: true,
  clock: true,
  marks: true,
};

function checkUnchanged(computedFrom: OnRecord, before: OnRecord): void {
  const isRead = (part: string): part is keyof OnRecord => part in READ;
  const changed = Object.keys(READ).find(
    (part) => isRead(part) && computedFrom[part] !== before[part],
  );
  if (changed !== undefined)
    throw new MovedOnError(`expected the ${changed} that the verdict was computed from, got newer`);
}

function isLeftUnjudged(error: unknown): error is Error {
  return (
    error instanceof EvidenceError ||
    error instanceof MovedOnError ||
    (error instanceof RecordError && UNREADABLE.has(error.code))
  );
}

/** Faults of evidence, of which a party is the author; faults of the keeper's own store end the round. */
const UNREADABLE: ReadonlySet<string> = new Set([
  "store-missing",
  "malformed-statement",
  "malformed-json",
  "malformed-encoding",
  "limit-exceeded",
]);
