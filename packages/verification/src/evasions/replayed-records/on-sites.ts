import { copied } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `replayed-records`, committed against a made-up site. */
export const replayedRecordsOnSites: SitePlay = {
  commit(honest, random, size) {
    const [node] = honest.serving;
    const { count } = honest.columns.power;
    const length = Math.floor((count / 2) * size);
    if (node === undefined || length < 1) return undefined;
    const site = copied(honest);
    const from = length + random.below(count - 2 * length + 1);
    const { power, tensor, sm, memory, sent } = site.columns;
    for (let i = 0; i < length; i++) {
      const cell = node * count + from + i;
      power.readings[cell] = power.readings[cell - length] as number;
      power.powerMilliwatts[cell] = power.powerMilliwatts[cell - length] as number;
      power.energyMillijoules[cell] = power.energyMillijoules[cell - length] as number;
      for (const counter of [tensor, sm, memory, sent]) {
        counter.readings[cell] = counter.readings[cell - length] as number;
        counter.values[cell] = counter.values[cell - length] as number;
      }
    }
    return site;
  },
};
