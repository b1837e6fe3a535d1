import { isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `dropped-records`, committed in an activity log. */
export const droppedRecordsOnLogs: LogPlay = {
  commit(honest, random, size) {
    const gone = stretch(honest.records, random, size, isTraining);
    return { terms: honest.terms, records: honest.records.filter((record) => !gone.has(record)) };
  },
};
