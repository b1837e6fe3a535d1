import { quiet, toldWell } from "../../play/told-well.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `one-node-told-well`, committed against a made-up site. */
export const oneNodeToldWellOnSites: SitePlay = {
  commit(honest, random, size) {
    const site = toldWell(honest, random, size, honest.serving.slice(0, 1));
    if (site === undefined) return undefined;
    quiet(site, random);
    return site;
  },
};
