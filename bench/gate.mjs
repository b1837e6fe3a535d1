// How long the gate takes to decide, with jobs running and a year of ended ones behind it. Run: node bench/gate.mjs [jobs]
import { performance } from "node:perf_hooks";
import { decide, Ledger, parseRequest, reviewOf } from "@standstill/gate";

const jobs = Number(process.argv[2] ?? 1000);
const now = Date.parse("2026-06-04T12:00:00Z");
const HOUR = 3_600_000;
const duty = (obligation) => ({
  obligation: { mode: "cap", title: `${obligation.id}.`, ...obligation },
  limit: obligation.limit,
  exemptions: [],
});
const rules = {
  ...{ party: "aster", asOf: now, mode: "cap", uses: [], exemptions: [], emergency: null },
  duties: [
    duty({ id: "a1", kind: "training-run-limit", over: "lineage", limit: `${10n ** 27n} FLOP` }),
    duty({ id: "a2", kind: "training-declared", above: `${10n ** 26n} FLOP` }),
    duty({ id: "a3", kind: "research-compute-limit", perDays: 365, limit: `${10n ** 28n} FLOP` }),
    duty({ id: "a4", kind: "accelerators-registered" }),
  ],
  speeds: new Map([["h100", 600_000_000_000_000n]]),
  h100e: 989_000_000_000_000n,
  peaks: new Map([["h100", 989_000_000_000_000n]]),
  runs: new Map([
    [
      "big",
      { run: "big", activity: "training", flop: 10n ** 27n, ancestryFlop: 0n, declaredAt: 0 },
    ],
  ]),
  registered: new Map([["h100", 100_000]]),
  policy: { whenUnsure: "refuse", staleHours: 72, leaseHours: 24 },
};
const request = (i) =>
  parseRequest({
    ...{ job: `slurm:${i}`, accelerators: 8, accelerator: "h100", seconds: 86_400 },
    ...(i % 2 === 0 ? { run: "big" } : { activity: "inference" }),
  });

const ledger = new Ledger();
const flop = String(8n * 86_400n * 600_000_000_000_000n);
for (let i = 0; i < 365 * 20; i++) {
  const at = now - (365 * 20 - i) * 1.2 * HOUR;
  ledger.apply({ kind: "reserve", at, until: at + 24 * HOUR, flop, request: request(i) });
  ledger.apply({ kind: "end", at: at + HOUR, job: `slurm:${i}` });
}
for (let i = 0; i < jobs; i++)
  ledger.apply({
    kind: "reserve",
    at: now,
    until: now + 24 * HOUR,
    flop,
    request: request(1e6 + i),
  });

const times = [];
for (let i = 0; i < 500; i++) {
  const asked = request(2e6 + i);
  const began = performance.now();
  const { decision } = decide(rules, ledger, asked, now + HOUR);
  times.push(performance.now() - began);
  if (decision !== "allow") throw new Error("expected all to be allowed");
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(3);
console.log(`${jobs} running jobs, ${365 * 20} ended in a year, 4 obligations`);
console.log(
  `a decision: median ${at(0.5)} ms, 99th of a hundred ${at(0.99)} ms (asked: under 5 ms)`,
);
const began = performance.now();
const stop = reviewOf(
  { ...rules, mode: "pause", duties: [{ ...rules.duties[0], limit: "0 FLOP" }] },
  ledger,
  now + HOUR,
);
console.log(
  `a pause, all running jobs asked anew: ${(performance.now() - began).toFixed(1)} ms, ${stop.length} to stop`,
);
