import { emptyWindows, encodeEvidence, sealEvidence } from "@standstill/evidence";
import { sha256, toHex, utf8 } from "@standstill/record";
import type { Stage } from "./stage.ts";

/** Nodes of each site of the drill, and accelerators of each. */
const NODES = ["node-01", "node-02"];
const ACCELERATORS = 8;
/** What a node draws, in mW: idle, and at work in training. */
const IDLE_MILLIWATTS = 2_400_000;
const TRAINING_MILLIWATTS = 8_600_000;
/** Length of the periods that are reported. */
export const PERIOD_MS = 2 * 3_600_000;

/** Declares a site of a party: two nodes of eight accelerators. */
export function declareSite(stage: Stage, party: string): string {
  const site = `${party}/hall`;
  const nodes = NODES.map((device) => ({
    device,
    accelerator: "h100-sxm5",
    accelerators: ACCELERATORS,
  }));
  const what = `declares ${site}: ${NODES.length * ACCELERATORS} accelerators`;
  stage.say(party, "site/declare", { site, title: `Hall of ${party}`, nodes }, what);
  return site;
}

/** Declares a run of training at a site, from now on for some days. */
export function declareTraining(stage: Stage, party: string, days: number): string {
  const run = `${party}/run-1`;
  const iso = (at: number) => new Date(at).toISOString();
  stage.say(
    ...([party, "run/declare"] as const),
    {
      run,
      site: `${party}/hall`,
      activity: "training",
      model: `${party} 1`,
      precision: "bf16",
      work: { basis: "tokens", parameters: "7000000000 parameters", tokens: "40000000000 tokens" },
      nodes: NODES,
      nodesTogether: true,
      period: { start: iso(stage.now), end: iso(stage.now + days * 86_400_000) },
    },
    `declares training of 1.68e21 FLOP over ${days} days`,
  );
  return run;
}

/**
 * Reports a period that ends now, with readings of power made for the drill: idle, or at work.
 *
 * @param as what it is reported as, in words
 *
 * @returns id of the report
 */
export function reportPeriod(stage: Stage, party: string, isTraining: boolean, as: string): string {
  const site = `${party}/hall`;
  const windowMs = stage.draft.window?.milliseconds ?? 4000;
  const endMs = Math.floor(stage.now / windowMs) * windowMs;
  const period = { startMs: endMs - PERIOD_MS, endMs };
  const windows = emptyWindows(NODES, period, windowMs);
  for (let cell = 0; cell < windows.readings.length; cell++) {
    // A little of its own in each window, as meters have it, and a little more each day, as fans do.
    const wobble = ((cell * 7919) % 60_000) + 100 * (Math.floor(endMs / 86_400_000) % 365);
    const milliwatts = (isTraining ? TRAINING_MILLIWATTS : IDLE_MILLIWATTS) + wobble;
    windows.readings[cell] = 4;
    windows.powerMilliwatts[cell] = milliwatts;
    windows.energyMillijoules[cell] = Math.floor((milliwatts * windowMs) / 1000);
  }
  const salt = toHex(sha256(utf8(`drill ${site} ${endMs}`)));
  const evidence = { salt, windows, jobs: undefined, counters: [] };
  const seal = sealEvidence(evidence);
  stage.say(
    ...([party, "period/report"] as const),
    {
      site,
      feeds: [{ kind: "node-power", signer: party }],
      period: {
        start: new Date(period.startMs).toISOString(),
        end: new Date(period.endMs).toISOString(),
      },
      seal: { root: seal.root, energyMillijoules: `${seal.energyMillijoules}` },
      evidence: stage.keep(encodeEvidence(evidence)),
    },
    `reports two hours of its meters ${as}`.trimEnd(),
  );
  return [...(stage.state.evidence.reportsOf.get(site) ?? [])].at(-1) as string;
}
