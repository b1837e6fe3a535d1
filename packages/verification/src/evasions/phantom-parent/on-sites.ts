import { declaring } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `phantom-parent`, committed against a made-up site. */
export const phantomParentOnSites: SitePlay = {
  commit: (honest) =>
    declaring(
      honest,
      honest.subject.runs.map((run) =>
        run.activity === "training"
          ? { ...run, parents: [{ run: "made/never", as: "weights" as const }] }
          : run,
      ),
    ),
};
