import { acceptSafeguard, castVote, openVote } from "@standstill/operation";
import { DAY_MS } from "@standstill/record";
import { boundSentence } from "../bound-sentence.ts";
import { type DrillGate, jobOf } from "../drill-gate.ts";
import { declareTraining } from "../site.ts";
import type { Stage } from "../stage.ts";

/**
 * Safeguards are accepted, the vote passes, the limits are lifted after notice, and a ramp stays.
 *
 * @param began instant at which the drill began; POSIX milliseconds
 */
export async function lift(stage: Stage, gate: DrillGate, began: number): Promise<string[]> {
  for (const { id } of stage.draft.safeguards ?? [])
    await stage.together(
      "assessors",
      ["borealis", "dune"],
      `accepts the safeguard ${id}`,
      (assessors) =>
        acceptSafeguard(assessors, {
          safeguard: id,
          accepted: true,
          evidence: "6b".repeat(32),
          reasons: "Tried and seen.",
        }),
    );
  await stage.keeps("opens the vote on lifting", (keeper) =>
    openVote(keeper, { question: "lift", about: "Whether to lift the limits." }),
  );
  for (const party of stage.parties) {
    const ballot = party === "ember" ? "no" : "yes";
    await stage.party(party, `votes ${ballot}`, (it) => castVote(it, { question: "lift", ballot }));
  }
  gate.ask("cedar", jobOf("cedar-early", "cedar/run-1", 1), "before the notice is out");
  await stage.until(stage.now + (stage.draft.lift?.noticeDays ?? 0) * DAY_MS);
  const { ended } = stage.state.agreement.coalition;
  const run = await declareTraining(stage, "borealis", 30);
  gate.ask("borealis", jobOf("borealis-small", run, 1), "on the ramp");
  gate.ask("borealis", jobOf("borealis-large", run, 200), "on the ramp");
  const days = ended === undefined ? 0 : Math.round((ended.at - began) / DAY_MS);
  return [`${ended?.how ?? "Nothing"} on day ${days}. ${boundSentence(stage)}`];
}
