// What a change must pass: the checks, then the lanes of tests; at the end, what each took beside its budget.
import { LANES, LANES_OF_A_CHANGE } from "./lanes.mjs";
import { build, checkNode, install } from "./setup/project.mjs";
import { run } from "./setup/run.mjs";
import { tell } from "./setup/tell.mjs";

const CHECKS = ["format", "lint", "types", "dead", "house", "package"];

const steps = [
  { name: "set-up", minutes: undefined, start: setUp },
  ...CHECKS.map((check) => ({
    name: `check:${check}`,
    minutes: undefined,
    start: () => npm("run", "--silent", `check:${check}`),
  })),
  ...LANES_OF_A_CHANGE.map((lane) => ({
    name: LANES[lane].command,
    minutes: LANES[lane].minutes,
    start: () => npm(...LANES[lane].command.split(" ").slice(1)),
  })),
];

const rows = [];
for (const { name, minutes, start } of steps) {
  tell(`== ${name}`);
  const began = performance.now();
  const code = await start();
  const seconds = Math.round((performance.now() - began) / 1000);
  rows.push({ name, minutes, seconds, code });
  if (code !== 0) break;
}
tell(`\n${table(rows)}`);
process.exitCode = rows.some(({ code }) => code !== 0) ? 1 : 0;

async function setUp() {
  checkNode();
  await install();
  await build();
  return 0;
}

function npm(...args) {
  return run("npm", args, { inherit: true });
}

/** A slow machine is no fault of a change, so that a lane over its budget is shown and does not fail. */
function table(done) {
  const lines = done.map(({ name, minutes, seconds, code }) => {
    const budget = minutes === undefined ? "" : clock(60 * minutes);
    const over = minutes === undefined ? 0 : seconds - 60 * minutes;
    const word = code !== 0 ? "FAILED" : over > 0 ? `OVER ITS BUDGET BY ${clock(over)}` : "passed";
    return [name.padEnd(18), budget.padStart(6), clock(seconds).padStart(6), word].join("  ");
  });
  return ["                    budget    took", ...lines].join("\n");
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
