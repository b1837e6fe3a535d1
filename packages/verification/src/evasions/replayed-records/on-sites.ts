import { there } from "@standstill/record";
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
      power.readings[cell] = there(power.readings[cell - length]);
      power.powerMilliwatts[cell] = there(power.powerMilliwatts[cell - length]);
      power.energyMillijoules[cell] = there(power.energyMillijoules[cell - length]);
      for (const counter of [tensor, sm, memory, sent]) {
        counter.readings[cell] = there(counter.readings[cell - length]);
        counter.values[cell] = there(counter.values[cell - length]);
      }
    }
    return site;
  },
};
