import { cellsOf, copied, scalePower } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `understated-power`, committed against a made-up site. */
export const understatedPowerOnSites: SitePlay = {
  commit(honest, _random, size) {
    const site = copied(honest);
    const all = site.columns.power.devices.map((_, i) => i);
    scalePower(
      site,
      cellsOf(site, all, { from: 0, to: site.columns.power.count }),
      1000 - Math.floor(100 * size),
    );
    return site;
  },
};
