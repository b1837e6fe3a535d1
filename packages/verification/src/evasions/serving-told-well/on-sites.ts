import { toldWell } from "../../play/told-well.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `serving-told-well`, committed against a made-up site. */
export const servingToldWellOnSites: SitePlay = {
  commit: toldWell,
};
