import { pauseOf } from "@standstill/views";
import { type DrillGate, jobOf } from "../drill-gate.ts";
import type { Stage } from "../stage.ts";

/** From the tripping on gates refuse training, and list what has to stop. */
export async function brake(stage: Stage, gate: DrillGate): Promise<string[]> {
  const when = "in the pause";
  gate.ask("aster", jobOf("aster-more", "aster/run-1", 1), when);
  gate.ask("aster", { ...jobOf("aster-chat", undefined, 24), activity: "inference" }, when);
  const small = { accelerators: 2, seconds: 1800, use: "safety-research" };
  gate.ask("aster", { ...jobOf("aster-safety", undefined, 1), ...small }, when);
  const toStop = gate.stopListed("aster", 72);
  const shown = pauseOf(stage.state)?.sites.filter((site) => site.shown !== null) ?? [];
  return [
    `Aster’s gate lists to stop: ${toStop.join(", ")}.`,
    `${shown.length} of ${stage.parties.length} sites have shown a stop: reports from before do not count.`,
  ];
}
