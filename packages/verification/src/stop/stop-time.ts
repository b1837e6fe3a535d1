import type { Period } from "@standstill/evidence";
import { type DutyInForce, type DutyStretch, joined } from "../duties-in-force.ts";

/** Whether everything stands still in a piece of time: it lies in a pause, from the agreed hour on. */
export function isAfterStop({ mode, pause, startMs }: Omit<DutyStretch, "duty" | "freedBy">) {
  return mode === "pause" && pause !== null && startMs >= pause.stop;
}

/** The time of a duty in which everything stands still. Pieces are cut at the hour of a pause. */
export function stopSpans({ stretches }: Pick<DutyInForce, "stretches">): Period[] {
  return joined(stretches.filter((one) => one.freedBy === undefined && isAfterStop(one)));
}
