import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `understated-flop`, committed in an activity log. */
export const understatedFlopOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      ({ flop = 0n }) => ({ flop: flop / 3n }),
    );
  },
};
