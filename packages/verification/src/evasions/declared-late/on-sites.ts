import { runOf } from "../../play/honest-site.ts";
import { copied, stretchOf, trainOn } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `declared-late`, committed against a made-up site. */
export const declaredLateOnSites: SitePlay = {
  commit(honest, random, size) {
    if (honest.spare.length === 0) return undefined;
    const site = copied(honest);
    const stretch = stretchOf(site, random, size);
    const done = trainOn(site, site.spare, stretch, random);
    const late = runOf(done, {
      run: "late",
      activity: "training",
      nodes: done.spare,
      ...stretch,
    });
    const beside = { ...done.subject.beside, lateRuns: [late] };
    return { ...done, subject: { ...done.subject, beside } };
  },
};
