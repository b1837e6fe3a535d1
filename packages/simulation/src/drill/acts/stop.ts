import { readyToStop, stopped } from "@standstill/operation";
import { HOUR_MS } from "@standstill/record";
import { pauseOf } from "@standstill/views";
import { PERIOD_MS } from "../site.ts";
import type { Stage } from "../stage.ts";
import { reportAndJudge } from "./report-and-judge.ts";

/** Each party says what has to stop, stops at the agreed hour, and reports; all but one have stopped. */
export async function stop(stage: Stage): Promise<string[]> {
  const since = stage.now;
  await stage.until(since + 12 * HOUR_MS);
  for (const party of stage.parties) {
    const site = `${party}/hall`;
    const jobs = party === "aster" || party === "cedar" ? 1 : 0;
    const baseline = stage.state.evidence.reportsOf.get(site)?.first();
    const text = "State is saved every hour.";
    await stage.party(party, `is ready: ${jobs} ${jobs === 1 ? "job" : "jobs"} to stop`, (it) =>
      readyToStop(it, { site, jobs, needsHours: 6, text, baseline }),
    );
  }
  await stage.until(since + 72 * HOUR_MS);
  for (const party of stage.parties)
    await stage.party(party, "says that it has stopped", (it) =>
      stopped(it, { site: `${party}/hall`, text: "Nothing trains here." }),
    );
  await stage.until(since + 72 * HOUR_MS + PERIOD_MS);
  for (const party of stage.parties) await reportAndJudge(stage, party, party === "dune");
  return (pauseOf(stage.state)?.sites ?? []).map(
    ({ party, standing }) => `${stage.nameOf(party)}: ${STANDING[standing]}.`,
  );
}

const STANDING = {
  waiting: "has said nothing",
  ready: "is ready",
  said: "says that it has stopped",
  kept: "its report shows that it idles",
  "not-kept": "its report has findings that speak against a stop",
  "not-shown": "its report does not show whether it stopped",
} as const;
