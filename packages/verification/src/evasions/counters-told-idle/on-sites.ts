import { cellsOf, copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `counters-told-idle`, committed against a made-up site. */
export const countersToldIdleOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.spare.length === 0) return undefined;
    const site = copied(honest);
    const stretch = stretchOf(site, random, size);
    const done = trainOn(site, site.spare, stretch, random);
    const { tensor, sm, sent } = done.columns;
    for (const cell of cellsOf(done, done.spare, stretch)) {
      tensor.values[cell] = 0;
      sm.values[cell] = random.below(400);
      sent.values[cell] = 200_000 + random.below(400_000);
    }
    return done;
  },
};
