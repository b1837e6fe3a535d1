import { NAMES, split } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `rotated-names`, committed in an activity log. */
export const rotatedNamesOnLogs: LogPlay = {
  commit(honest, random, size) {
    const which = new Set(NAMES.filter(() => random.below(2) === 0));
    return split(honest, size >= 0.99 ? new Set(NAMES) : which, 2 + Math.floor(size * 6));
  },
};
