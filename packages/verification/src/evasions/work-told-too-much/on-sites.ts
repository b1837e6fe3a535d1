import { declaring, withTokens } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `work-told-too-much`, committed against a made-up site. */
export const workToldTooMuchOnSites: SitePlay = {
  commit: (honest, _random, size) =>
    declaring(
      honest,
      honest.subject.runs.map((run) =>
        run.activity === "training" ? withTokens(run, 100 + Math.floor(300 * size)) : run,
      ),
    ),
};
