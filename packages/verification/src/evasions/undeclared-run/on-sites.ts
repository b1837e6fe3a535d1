import { copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `undeclared-run`, committed against a made-up site. */
export const undeclaredRunOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.spare.length === 0) return undefined;
    const site = copied(honest);
    return trainOn(site, site.spare, stretchOf(site, random, size), random);
  },
};
