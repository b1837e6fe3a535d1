import { changed, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `training-as-inference`, committed in an activity log. */
export const trainingAsInferenceOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(honest.records, random, size, isTraining);
    return changed(
      honest,
      (record) => chosen.has(record),
      () => ({
        activity: "inference",
        workload: "service",
        datasetSha256: undefined,
        dataSources: undefined,
      }),
    );
  },
};
