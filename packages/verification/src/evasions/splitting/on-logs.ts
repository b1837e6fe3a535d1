import { split } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `splitting`, committed in an activity log. */
export const splittingOnLogs: LogPlay = {
  commit: (honest, _random, size) => split(honest, new Set(), 2 + Math.floor(size * 6)),
};
