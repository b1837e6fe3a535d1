import { judgeReports } from "@standstill/operation";
import { reportPeriod } from "../site.ts";
import type { Stage } from "../stage.ts";

/**
 * A party reports, and the keeper judges.
 *
 * @param as what it is reported as, in words
 */
export async function reportAndJudge(
  stage: Stage,
  party: string,
  isTraining: boolean,
  as = "",
): Promise<void> {
  await reportPeriod(stage, party, isTraining, as);
  const { verdicts, unjudged } = await judgeReports(stage.keeper);
  for (const { because } of unjudged) throw new Error(`expected a verdict, got none: ${because}`);
  for (const entry of verdicts) {
    const report = stage.state.verdicts.reportOf.get(entry.id, "");
    const verdict = stage.state.verdicts.verdicts.get(report)?.body.verdict;
    stage.tell(
      stage.draft.keeper.id,
      `publishes the verdict on ${stage.nameOf(party)}: ${verdict}`,
      entry,
    );
  }
}
