import { cellsOf, copied, stretchOf } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `dropped-records`, committed against a made-up site. */
export const droppedRecordsOnSites: SitePlay = {
  commit(honest, random, size) {
    const [node] = honest.training;
    if (node === undefined) return undefined;
    const site = copied(honest);
    const { power, tensor, sm, memory, sent } = site.columns;
    for (const cell of cellsOf(site, [node], stretchOf(site, random, size))) {
      power.readings[cell] = 0;
      power.powerMilliwatts[cell] = 0;
      power.energyMillijoules[cell] = 0;
      for (const counter of [tensor, sm, memory, sent]) {
        counter.readings[cell] = 0;
        counter.values[cell] = 0;
      }
    }
    return site;
  },
};
