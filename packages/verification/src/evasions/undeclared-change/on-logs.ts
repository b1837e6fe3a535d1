import { there } from "@standstill/record";
import { changed, declaring, largestRun, NAMES, renamed } from "../../logs/play/forging.ts";
import type { Draft } from "../../logs/play/records.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `undeclared-change`, committed in an activity log. */
export const undeclaredChangeOnLogs: LogPlay = {
  commit(honest, random) {
    const run = largestRun(honest.records);
    const from = run?.its[Math.floor(run.its.length * 0.9)]?.start;
    if (run === undefined || from === undefined) return undefined;
    const which = there(NAMES.filter((name) => name !== "model")[random.below(4)]);
    const chosen = (record: Draft) => record.workload === run.workload && record.start >= from;
    const cheat = changed(honest, chosen, (record) => {
      const { workload, modelSha256, ...rest } = renamed(record, 1, new Set([which]));
      return rest;
    });
    return declaring(cheat, run.its);
  },
};
