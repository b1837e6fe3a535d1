import { copied, energyOf, meteredBy, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `all-told-idle`, committed against a made-up site. */
export const allToldIdleOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.spare.length === 0) return undefined;
    const site = copied(honest);
    const done = trainOn(copied(site), site.spare, stretchOf(site, random, size), random);
    return meteredBy(site, energyOf(done) - energyOf(site));
  },
};
