import { measured } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `other-place`, committed against a made-up site. */
export const otherPlaceOnSites: SitePlay = {
  commit(honest, _random, size) {
    const place = { latitude: "50.000000", longitude: (8 + 170 * size).toFixed(6) };
    const subject = { ...honest.subject, site: { ...honest.subject.site, place } };
    const at = { latitude: "50.000000", longitude: "8.000000" };
    return measured(
      { ...honest, subject },
      ["one", "two", "three"].map((landmark) => ({
        by: "other",
        feedClass: "independent" as const,
        period: honest.subject.period,
        measured: { kind: "round-trip" as const, landmark, place: at, microseconds: 2000 },
      })),
    );
  },
};
