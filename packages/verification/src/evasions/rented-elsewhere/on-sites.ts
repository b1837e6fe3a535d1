import { measured } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `rented-elsewhere`, committed against a made-up site. */
export const rentedElsewhereOnSites: SitePlay = {
  commit(honest, _random, size) {
    const seconds = Math.floor(1_000_000 * size);
    return measured(
      honest,
      ["north-cloud", "south-cloud", "west-cloud"].map((by) => ({
        by,
        feedClass: "independent" as const,
        period: honest.subject.period,
        measured: {
          kind: "accelerator-time" as const,
          accelerator: "h100-sxm5",
          seconds: `${seconds} s`,
        },
      })),
    );
  },
};
