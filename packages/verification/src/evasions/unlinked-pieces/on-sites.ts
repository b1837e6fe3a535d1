import { inPieces } from "../../play/in-pieces.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `unlinked-pieces`, committed against a made-up site. */
export const unlinkedPiecesOnSites: SitePlay = {
  commit: (honest, _random, size) => inPieces(honest, size, (i) => `made piece ${i}`),
};
