// Task horizons: the fit and the bootstrap, beside the same method with scikit-learn where Debian's python3-sklearn is installed.
// node bench/horizons.mjs [runs of each model] [replicates]
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { horizonsOf, RunColumns } from "@standstill/indicators";

const [perModel, replicates] = [7000, 10_000].map((usual, i) =>
  Number(process.argv[i + 2] ?? usual),
);
const MODELS = 10;
const TASKS = 228;

let state = 1;
const share = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 4_294_967_296;
};
const columns = new RunColumns();
const rows = [];
const tasks = Array.from({ length: TASKS }, (_, task) => ({
  ...{ task: `t${task}`, family: `f${Math.floor(share() * 80)}` },
  minutes: 0.067 * 2 ** (share() * 14),
}));
for (let model = 0; model < MODELS; model++) {
  for (let run = 0; run < perModel; run++) {
    const one = tasks[run % TASKS];
    const chance = 1 / (1 + (one.minutes / (0.5 * 2.3 ** model)) ** 0.87);
    const score = share() < chance ? 1 : 0;
    columns.add({ ...one, alias: `m${model}`, score, isHacked: false, isEstimated: false }, "made");
    if (model === 0) rows.push({ ...one, score });
  }
}
const runs = columns.end();
const timed = (times, work) => {
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return all.sort((a, b) => a - b)[Math.floor(times / 2)];
};
const method = { penalty: 0, weights: "invsqrt" };
const fit = timed(9, () => horizonsOf(runs, method));
console.log(
  `${runs.count} runs of ${MODELS} models, ${TASKS} tasks: fits in ${fit.toFixed(0)} ms, ${(fit / 50).toFixed(2)} of the 50 ms asked for`,
);
const bootstrap =
  timed(1, () => horizonsOf(runs, { ...method, bootstrap: { replicates, seed: 42 } })) - fit;
console.log(
  `${replicates} replicates in ${(bootstrap / 1000).toFixed(1)} s on one core, ${(bootstrap / replicates).toFixed(3)} ms each; 10 s asked for 10,000 on two`,
);

// One model, drawn anew and fitted with scikit-learn as METR's code does, run by run.
const PEER_REPLICATES = 20;
const peer = spawnSync(
  "/usr/bin/python3",
  [
    "-c",
    `
import json, sys, time
import numpy as np
from sklearn.linear_model import LogisticRegression
rows = json.load(sys.stdin)
x = np.log2([r["minutes"] for r in rows]).reshape(-1, 1)
y = np.array([r["score"] for r in rows])
names = sorted({r["task"] for r in rows})
of = {n: np.array([i for i, r in enumerate(rows) if r["task"] == n]) for n in names}
family = {r["task"]: r["family"] for r in rows}
families = {}
for n in names: families.setdefault(family[n], []).append(n)
weight = np.array([1 / len(of[r["task"]]) / np.sqrt(len(families[family[r["task"]]])) for r in rows])
weight = weight / weight.sum()
random = np.random.default_rng(42)
start = time.perf_counter()
for _ in range(${PEER_REPLICATES}):
    drawn = []
    for f in random.choice(sorted(families), len(families)):
        for n in random.choice(families[f], len(families[f])):
            drawn.append(random.choice(of[n], len(of[n])))
    i = np.concatenate(drawn)
    LogisticRegression(penalty=None, solver="lbfgs").fit(x[i], y[i], sample_weight=weight[i])
print((time.perf_counter() - start) / ${PEER_REPLICATES} * 1000)
`,
  ],
  { input: JSON.stringify(rows), encoding: "utf8", maxBuffer: 1 << 28 },
);
if (peer.status === 0) {
  const each = Number(peer.stdout) * MODELS;
  console.log(
    `scikit-learn: ${each.toFixed(1)} ms for the draw and fits of ${MODELS} models (${PEER_REPLICATES} replicates of one); ${(each / (bootstrap / replicates)).toFixed(0)} times as long, 30 asked for`,
  );
} else console.log("python3-sklearn is not installed here: not compared.");
