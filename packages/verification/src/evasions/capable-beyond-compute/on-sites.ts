import { measured } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `capable-beyond-compute`, committed against a made-up site. */
export const capableBeyondComputeOnSites: SitePlay = {
  commit: (honest, _random, size) =>
    measured(honest, [
      {
        by: "other",
        feedClass: "independent" as const,
        period: honest.subject.period,
        measured: {
          kind: "score" as const,
          model: "made first",
          benchmark: "exam",
          score: (0.5 + 0.45 * size).toFixed(6),
        },
      },
    ]),
};
