import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `phantom-parent`, committed in an activity log. */
export const phantomParentOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      () => ({ parents: ["earlier-run"] }),
    );
  },
};
