import { isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `undeclared-device`, committed in an activity log. */
export const undeclaredDeviceOnLogs: LogPlay = {
  commit(honest, random, size) {
    const more = [...stretch(honest.records, random, size, isTraining)].map((record) => ({
      ...record,
      device: "node-99/gpu-0",
    }));
    return { terms: honest.terms, records: [...honest.records, ...more] };
  },
};
