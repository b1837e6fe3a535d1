import { setPower } from "../../play/honest-site.ts";
import { cellsOf, copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `power-told-idle`, committed against a made-up site. */
export const powerToldIdleOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.spare.length === 0) return undefined;
    const site = copied(honest);
    const stretch = stretchOf(site, random, size);
    const done = trainOn(site, site.spare, stretch, random);
    for (const cell of cellsOf(done, done.spare, stretch))
      setPower(done.columns.power, cell, 2_300_000 + random.below(150_000));
    return done;
  },
};
