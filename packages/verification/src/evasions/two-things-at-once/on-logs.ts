import { devicesWith, isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `two-things-at-once`, committed in an activity log. */
export const twoThingsAtOnceOnLogs: LogPlay = {
  commit(honest, random, size) {
    const [device] = devicesWith(honest.records, ({ activity }) => activity === "inference");
    if (device === undefined) return undefined;
    const more = [...stretch(honest.records, random, size, isTraining)].map((record) => ({
      ...record,
      device,
    }));
    return { terms: honest.terms, records: [...honest.records, ...more] };
  },
};
