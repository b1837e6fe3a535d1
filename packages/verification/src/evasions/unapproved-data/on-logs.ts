import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `unapproved-data`, committed in an activity log. */
export const unapprovedDataOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      ({ dataSources = [] }) => ({
        dataSources: [...dataSources, "private-letters"],
      }),
    );
  },
};
