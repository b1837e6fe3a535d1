import { cellsOf, copied, stretchOf } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `tensor-told-alone`, committed against a made-up site. */
export const tensorToldAloneOnSites: SitePlay = {
  commit(honest, random, size) {
    const site = copied(honest);
    for (const cell of cellsOf(site, site.training, stretchOf(site, random, size)))
      site.columns.sm.values[cell] = random.below(15_000);
    return site;
  },
};
