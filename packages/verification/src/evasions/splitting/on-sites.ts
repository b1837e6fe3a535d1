import { inPieces } from "../../play/in-pieces.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `splitting`, committed against a made-up site. */
export const splittingOnSites: SitePlay = {
  commit: (honest, _random, size) => inPieces(honest, size, () => "made first"),
};
