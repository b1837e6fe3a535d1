import { there } from "@standstill/record";
import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `replayed-records`, committed in an activity log. */
export const replayedRecordsOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = [...stretch(honest.records, random, Math.max(size, 0.2), isTraining)];
    const half = Math.floor(chosen.length / 2);
    if (half < 20) return undefined;
    const source = new Map(
      chosen.slice(half, 2 * half).map((record, i) => [record, there(chosen[i])]),
    );
    return changed(
      honest,
      (record) => source.has(record),
      (record) => {
        const { flop, tokens } = there(source.get(record));
        return { flop, tokens };
      },
    );
  },
};
