import { adopt, pledge, propose } from "@standstill/operation";
import { DAY_MS, HOUR_MS } from "@standstill/record";
import { boundSentence } from "../bound-sentence.ts";
import { type DrillGate, jobOf } from "../drill-gate.ts";
import { declareHall, declareTraining } from "../site.ts";
import type { Stage } from "../stage.ts";
import { reportAndJudge } from "./report-and-judge.ts";

/** The parties adopt the agreement and pledge; two of them train. */
export async function inForce(stage: Stage, gate: DrillGate): Promise<string[]> {
  const began = stage.now;
  const { terms } = stage;
  await stage.keeps("proposes the agreement", (keeper) => propose(keeper, { terms }));
  const { hash = "" } = stage.state.agreement;
  for (const party of stage.parties)
    await stage.party(party, "adopts it", (it) => adopt(it, { terms: hash }));
  for (const party of stage.parties)
    await stage.party(party, "pledges", (it) =>
      pledge(it, { mode: "cap", while: { kind: "count", atLeast: 4 } }),
    );
  for (const party of stage.parties) await declareHall(stage, party);
  await stage.until(began + DAY_MS);
  for (const party of stage.parties) await reportAndJudge(stage, party, false, "as a baseline");
  await stage.until(began + 30 * DAY_MS + 12 * HOUR_MS);
  for (const party of ["aster", "cedar"]) await declareTraining(stage, party, 60);
  gate.start("aster", jobOf("aster-train", "aster/run-1", 24), "before the tripwire");
  return [boundSentence(stage)];
}
