// How long all checks of a site's month take: 512 devices, windows of a minute, 22 million of them; and whether they are linear
// in devices. node bench/site-month.mjs
import { readFileSync } from "node:fs";
import { parseDraft } from "@standstill/agreement";
import { accountOf, nothingBeside, runChecks } from "@standstill/verification";

const WINDOWS = 30 * 1440;
const WINDOW_MS = 60_000;
const draft = parseDraft(
  readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8"),
);
const terms = {
  ...draft,
  keys: [],
  log: { vkey: "" },
  witnessKeys: [],
  window: { milliseconds: WINDOW_MS },
};

/** Nodes of eight accelerators: one training run on half of them, each alone on the others, with noise of their own. */
function subjectOf(devices) {
  const names = Array.from({ length: devices }, (_, i) => `node-${i}`);
  const cells = devices * WINDOWS;
  const windows = {
    ...{ startMs: 0, windowMs: WINDOW_MS, count: WINDOWS, devices: names },
    readings: new Uint16Array(cells).fill(4),
    powerMilliwatts: new Uint32Array(cells),
    energyMillijoules: new Uint32Array(cells),
  };
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const common = Float64Array.from({ length: WINDOWS }, () => next() % 900_000);
  for (let row = 0; row < devices; row++) {
    for (let w = 0; w < WINDOWS; w++) {
      const cell = row * WINDOWS + w;
      const together = row < devices / 2 ? common[w] : next() % 900_000;
      const power = 5_200_000 + Math.floor(together) + (next() % 200_000);
      windows.powerMilliwatts[cell] = power;
      windows.energyMillijoules[cell] = power * 60;
    }
  }
  const end = new Date(WINDOWS * WINDOW_MS).toISOString();
  const period = { start: new Date(0).toISOString(), end };
  const run = (id, activity, nodes, tokens, nodesTogether) => ({
    ...{
      run: `site/${id}`,
      site: "made/site",
      activity,
      model: id,
      precision: "bf16",
      nodes,
      period,
    },
    work: { basis: "tokens", parameters: "70000000000 parameters", tokens: `${tokens} tokens` },
    nodesTogether,
  });
  return {
    ...{ party: "made", terms, seed: "bench", period: { startMs: 0, endMs: WINDOWS * WINDOW_MS } },
    site: {
      ...{ site: "made/site", title: "Made" },
      nodes: names.map((device) => ({ device, accelerator: "h100-sxm5", accelerators: 8 })),
    },
    runs: [
      run("training", "training", names.slice(0, devices / 2), "1000000000000", true),
      run("serving", "inference", names.slice(devices / 2), "900000000000", false),
    ],
    feeds: [{ kind: "node-power", feedClass: "operator" }],
    evidence: { salt: "00".repeat(32), windows, jobs: undefined, counters: [] },
    beside: nothingBeside,
    seal: { root: "", energyMillijoules: 0n },
  };
}

const medians = [];
for (const devices of [128, 256, 512]) {
  const subject = subjectOf(devices);
  const times = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    runChecks(subject, accountOf(subject));
    times.push((performance.now() - start) / 1000);
  }
  times.sort((a, b) => a - b);
  medians.push(times[1]);
  console.log(
    `${devices} devices, ${((devices * WINDOWS) / 1e6).toFixed(1)} M windows: account and all checks in ${times[1].toFixed(2)} s`,
  );
}
console.log(
  `${(medians[2] / 5).toFixed(2)} of the 5 s asked for 512 devices; twice the devices take ${(medians[2] / medians[1]).toFixed(2)} times as long`,
);
