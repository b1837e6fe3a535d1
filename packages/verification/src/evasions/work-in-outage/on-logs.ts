import { isTraining, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `work-in-outage`, committed in an activity log. */
export const workInOutageOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = [...stretch(honest.records, random, size, isTraining)];
    const [first, last] = [chosen[0], chosen.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const outage = {
      devices: [first.device],
      reason: "cooling",
      start: new Date(first.start).toISOString(),
      end: new Date(last.end).toISOString(),
    };
    return {
      ...honest,
      terms: { ...honest.terms, outages: [...(honest.terms.outages ?? []), outage] },
    };
  },
};
