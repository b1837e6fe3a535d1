import { copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `training-as-inference`, committed against a made-up site. */
export const trainingAsInferenceOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.serving.length === 0) return undefined;
    const site = copied(honest);
    return trainOn(site, site.serving, stretchOf(site, random, size), random);
  },
};
