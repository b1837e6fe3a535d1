import { declaring, withTokens } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `work-told-too-little`, committed against a made-up site. */
export const workToldTooLittleOnSites: SitePlay = {
  commit(honest, _random, size) {
    const runs = honest.subject.runs.map((run) => withTokens(run, 100 - Math.floor(98 * size)));
    const site = declaring(honest, runs);
    const evidence = { ...site.subject.evidence, counters: [] };
    return { ...site, subject: { ...site.subject, evidence } };
  },
};
