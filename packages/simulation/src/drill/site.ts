import { emptyWindows, type Run, type SiteEvidence } from "@standstill/evidence";
import { declareRun, declareSite, reportEvidence } from "@standstill/operation";
import { DAY_MS, HOUR_MS, sha256, toHex, utf8 } from "@standstill/record";
import type { Stage } from "./stage.ts";

const NODES = ["node-1", "node-2"];
const ACCELERATORS = 8;
/** Power of a node whose eight accelerators idle: they are bound below 400 W each by the terms. */
const IDLE_MILLIWATTS = 2_400_000;
/** Power of a node at work in training. */
const TRAINING_MILLIWATTS = 8_600_000;
/** Length of the periods that are reported. */
export const PERIOD_MS = 2 * HOUR_MS;

/** A party declares its site: two nodes of eight accelerators. */
export async function declareHall(stage: Stage, party: string): Promise<void> {
  const site = `${party}/hall`;
  const nodes = NODES.map((device) => ({
    device,
    accelerator: "h100-sxm5",
    accelerators: ACCELERATORS,
  }));
  await stage.party(party, `declares ${site}: ${NODES.length * ACCELERATORS} accelerators`, (it) =>
    declareSite(it, { site, title: `Hall of ${party}`, nodes }),
  );
}

/**
 * A party declares a run of training at its site, from now on for some days.
 *
 * @returns name of the run
 */
export async function declareTraining(stage: Stage, party: string, days: number): Promise<string> {
  const run: Run = {
    run: `${party}/run-1`,
    site: `${party}/hall`,
    activity: "training",
    model: `${party} 1`,
    precision: "bf16",
    work: { basis: "tokens", parameters: "7000000000 parameters", tokens: "40000000000 tokens" },
    nodes: NODES,
    nodesTogether: true,
    period: { start: instant(stage.now), end: instant(stage.now + days * DAY_MS) },
  };
  await stage.party(party, `declares training of 1.68e21 FLOP over ${days} days`, (it) =>
    declareRun(it, run),
  );
  return run.run;
}

/**
 * A party reports a period that ends now, with readings of power made for the drill: idle, or at work.
 *
 * @param as what it is reported as, in words
 */
export async function reportPeriod(
  stage: Stage,
  party: string,
  isTraining: boolean,
  as: string,
): Promise<void> {
  const site = `${party}/hall`;
  const windowMs = stage.draft.window?.milliseconds ?? 4000;
  const endMs = Math.floor(stage.now / windowMs) * windowMs;
  const startMs = endMs - PERIOD_MS;
  const period = { start: instant(startMs), end: instant(endMs) };
  const evidence = readingsOf(site, { startMs, endMs }, windowMs, isTraining);
  await stage.party(party, `reports two hours of its meters ${as}`.trimEnd(), (it) =>
    reportEvidence(it, { site, period }, evidence),
  );
}

function readingsOf(
  site: string,
  period: { readonly startMs: number; readonly endMs: number },
  windowMs: number,
  isTraining: boolean,
): SiteEvidence {
  const windows = emptyWindows(NODES, period, windowMs);
  for (let cell = 0; cell < windows.readings.length; cell++) {
    // A little of its own in each window, as meters have it, and a little more each day, as fans do.
    const wobble = ((cell * 7919) % 60_000) + 100 * (Math.floor(period.endMs / DAY_MS) % 365);
    const milliwatts = (isTraining ? TRAINING_MILLIWATTS : IDLE_MILLIWATTS) + wobble;
    windows.readings[cell] = 4;
    windows.powerMilliwatts[cell] = milliwatts;
    windows.energyMillijoules[cell] = Math.floor((milliwatts * windowMs) / 1000);
  }
  const salt = toHex(sha256(utf8(`drill ${site} ${period.endMs}`)));
  return { salt, windows, jobs: undefined, counters: [], logs: [] };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
