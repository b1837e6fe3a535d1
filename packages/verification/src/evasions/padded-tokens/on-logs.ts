import { changed, stretch } from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `padded-tokens`, committed in an activity log. */
export const paddedTokensOnLogs: LogPlay = {
  commit(honest, random, size) {
    const chosen = stretch(
      honest.records,
      random,
      size,
      ({ activity }) => activity === "inference",
    );
    return changed(
      honest,
      (record) => chosen.has(record),
      ({ tokens = 0 }) => ({ tokens: tokens * 3 }),
    );
  },
};
