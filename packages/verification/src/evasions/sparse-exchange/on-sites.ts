import { there } from "@standstill/record";
import { cellsOf } from "../../play/site-forging.ts";
import { toldWell } from "../../play/told-well.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `sparse-exchange`, committed against a made-up site. */
export const sparseExchangeOnSites: SitePlay = {
  commit(honest, random, size) {
    const site = toldWell(honest, random, size, honest.serving, "apart");
    if (site === undefined) return undefined;
    const { sent, power } = site.columns;
    for (const cell of cellsOf(site, site.serving, { from: 0, to: power.count })) {
      if (there(sent.values[cell]) < 10_000_000) continue;
      const burst = (cell % power.count) % 30 < 3 ? 40_000_000 : 0;
      sent.values[cell] = 1_000_000 + burst + random.below(1_500_000);
    }
    return site;
  },
};
