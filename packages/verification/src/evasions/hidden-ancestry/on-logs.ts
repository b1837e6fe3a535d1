import { changed, isTraining, largestRun, NAMES, split } from "../../logs/play/forging.ts";
import type { Draft } from "../../logs/play/records.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `hidden-ancestry`, committed in an activity log. */
export const hiddenAncestryOnLogs: LogPlay = {
  commit(honest, _random, size) {
    const pieces = 2 + Math.floor(size * 6);
    const cheat = split(honest, new Set(NAMES), pieces);
    const workload = largestRun(honest.records)?.workload;
    if (cheat === undefined || workload === undefined) return undefined;
    const number = (record: Draft) => Number(record.workload.slice(workload.length + 1));
    return changed(
      cheat,
      (record) =>
        isTraining(record) && record.workload.startsWith(`${workload}-`) && number(record) > 0,
      (record) => ({ parents: [`${workload}-${number(record) - 1}`] }),
    );
  },
};
