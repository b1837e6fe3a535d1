import { measured } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `cloned-identity`, committed against a made-up site. */
export const clonedIdentityOnSites: SitePlay = {
  commit: (honest) =>
    measured(
      honest,
      [0, 1].map((i) => ({
        by: "other",
        feedClass: "independent" as const,
        period: honest.subject.period,
        measured: {
          kind: "identity" as const,
          device: `node-${i}`,
          identity: "certificate 1",
          result: "verified" as const,
          at: new Date(honest.subject.period.endMs - 1000).toISOString(),
        },
      })),
    ),
};
