import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `work-above-peak`, committed in an activity log. */
export const workAbovePeakOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      ({ flop = 0n, tokens = 0 }) => ({
        flop: flop * 4n,
        tokens: tokens * 4,
      }),
    );
  },
};
