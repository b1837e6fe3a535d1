import type { PlayedSite } from "../honest-site.ts";
import { measured } from "../site-forging.ts";
import type { SiteEvasion } from "./evasion.ts";

/** What only others measure. */
export const seenByOthers: readonly SiteEvasion[] = [
  {
    id: "rented-elsewhere",
    about: "Rents accelerators of three providers, a little of each.",
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
  },
  {
    id: "other-place",
    about: "Declares a place up to half the world away from where the site answers.",
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
  },
  {
    id: "cloned-identity",
    about: "Lets two devices answer with the certificate of one.",
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
            at: endOf(honest),
          },
        })),
      ),
  },
  {
    id: "capable-beyond-compute",
    about: "Shows a model that its declared compute does not explain.",
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
  },
];

function endOf({ subject }: PlayedSite): string {
  return new Date(subject.period.endMs - 1000).toISOString();
}
