import { copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `serving-without-counters`, committed against a made-up site. */
export const servingWithoutCountersOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.serving.length === 0) return undefined;
    const site = copied(honest);
    const done = trainOn(site, site.serving, stretchOf(site, random, size), random);
    const evidence = { ...done.subject.evidence, counters: [] };
    return { ...done, subject: { ...done.subject, evidence } };
  },
};
