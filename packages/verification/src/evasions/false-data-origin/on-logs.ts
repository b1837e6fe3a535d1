import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `false-data-origin`, committed in an activity log. */
export const falseDataOriginOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      ({ dataSources = [] }) => ({
        dataSources: dataSources.includes("books") ? ["web-2025", "code"] : ["web-2025", "books"],
      }),
    );
  },
};
