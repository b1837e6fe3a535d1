import { quiet, toldWell } from "../../play/told-well.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `serving-told-well-quietly`, committed against a made-up site. */
export const servingToldWellQuietlyOnSites: SitePlay = {
  commit(honest, random, size) {
    const site = toldWell(honest, random, size);
    if (site !== undefined) quiet(site, random);
    return site;
  },
};
