import type { Period } from "@standstill/evidence";
import { DRAFT, millionths } from "@standstill/record";
import { type Account, accountOf } from "./account/index.ts";
import { type Assurance, assess } from "./assurance.ts";
import { checkDuties } from "./check-duties.ts";
import { type DutyInForce, dutiesInForce, spansOf } from "./duties-in-force.ts";
import { type DutyVerdict, judgeDuty, type VerdictValue, worst } from "./duty-verdict.ts";
import { evasionOf } from "./evasions/index.ts";
import { type GapTold, gap } from "./finding.ts";
import { withPlansLeft } from "./stop/plans-left.ts";
import { type ToldStop, toldStop } from "./stop/told-stop.ts";
import type { Subject } from "./subject.ts";
import { gapWords, notJudgedWords } from "./words/index.ts";

/** Name and version of the method that computes verdicts: the present draft, until the first is released and frozen. */
export const METHOD = { name: "standstill", version: DRAFT } as const;

/** What a verdict on one period of one site says. */
export interface Judgement {
  /** `null` where nothing was judged, because the party owed nothing. */
  readonly verdict: VerdictValue | null;
  /** Why nothing was judged, or not all of the period; `null` where all was. */
  readonly notJudged: string | null;
  /** Whether what was declared agrees with the evidence; `null` where nothing was judged. */
  readonly correct: "consistent" | "contradicted" | null;
  /** Whether anything could have been left out; `null` where nothing was judged. */
  readonly complete: "shown" | "not-shown" | null;
  readonly duties: readonly DutyVerdict[];
  /** Whether a stop was kept; nothing where no time of the period lies after the hour of a pause. */
  readonly stop: ToldStop | undefined;
  readonly account: Account;
  readonly assurance: readonly Assurance[];
}

/**
 * Judges a period. Draw up the account; run for each duty in force the checks that serve it, over the time in which it was in
 * force; measure how surely they would have seen a cheat. In a pause say whether the stop was kept, by the same checks. The verdict is
 * the worst of the duties. Who owed nothing is not judged.
 */
export function judge(told: Subject): Judgement {
  const subject = withPlansLeft(told);
  const assurance = assess(subject);
  const checked = checkDuties(subject, dutiesInForce(subject));
  const duties = checked.map((one) =>
    judgeDuty(one, gapsOfAssurance(subject, one.duty, assurance)),
  );
  const values = duties.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
  const isJudged = values.length > 0;
  const isContradicted = duties.some(({ findings }) => findings.length > 0);
  const isShown = values.every((value) => value === "verified");
  return {
    verdict: isJudged ? worst(values) : null,
    notJudged: notJudged(subject, isJudged),
    correct: isJudged ? (isContradicted ? "contradicted" : "consistent") : null,
    complete: isJudged ? (isShown ? "shown" : "not-shown") : null,
    duties,
    stop: toldStop(subject, checked),
    account: accountOf(subject),
    assurance,
  };
}

/** Evasions are of what has to be declared. A quiet site proves nothing if cheating there would be quiet too. */
function gapsOfAssurance(
  subject: Subject,
  duty: DutyInForce,
  assurance: readonly Assurance[],
): GapTold[] {
  if (duty.kind !== "training-declared" || spansOf(duty).length === 0) return [];
  const goal = subject.terms.goals.detectionProbability;
  return assurance.flatMap(({ evasion, adversary, probability }) =>
    adversary !== "leaves-meters-alone" ||
    probability === undefined ||
    BigInt(probability.low) * 100n >= millionths(goal)
      ? []
      : [
          gap(
            "assurance-below-goal",
            gapWords.quietIfCheating(
              evasionOf(evasion)?.injected?.title ?? evasion,
              decimal(probability.low),
              goal,
            ),
          ),
        ],
  );
}

/** Stretches that are named one by one. */
const MOST_NAMED = 3;

function notJudged({ party, duties, period }: Subject, isJudged: boolean): string | null {
  const unbound = duties.filter(({ basis }) => basis === null);
  if (unbound.length === duties.length) return notJudgedWords.neverBound(party);
  if (!isJudged) return notJudgedWords.nothingOwed(party);
  if (unbound.length === 0) return null;
  const told = unbound.slice(0, MOST_NAMED).map((piece) => spanWords(piece, period));
  return notJudgedWords.notBoundIn(party, told, unbound.length - told.length);
}

function spanWords({ startMs, endMs }: Period, period: Period): string {
  const [from, to] = [Math.max(startMs, period.startMs), Math.min(endMs, period.endMs)];
  return `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
}

function decimal(tenThousandths: number): string {
  return `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000)
    .padStart(4, "0")
    .slice(0, 2)}`;
}
