import { setPower } from "../../play/honest-site.ts";
import { cellsOf, copied, stretchOf } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `training-power-told-idle`, committed against a made-up site. */
export const trainingPowerToldIdleOnSites: SitePlay = {
  commit(honest, random, size) {
    const site = copied(honest);
    for (const cell of cellsOf(site, site.training, stretchOf(site, random, size)))
      setPower(site.columns.power, cell, 2_300_000 + random.below(150_000));
    return site;
  },
};
