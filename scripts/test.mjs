// `npm test` and its sisters: installs and builds what is missing, fetches what the lane needs, runs it. The argument
// `--lane=NAME` names a lane of lanes.mjs; the others go to vitest.
import { LANES, laneAsked } from "./lanes.mjs";
import { build, checkNode, install } from "./setup/project.mjs";
import { root, run } from "./setup/run.mjs";
import { programs } from "./setup/test-tools.mjs";

const LANE = "--lane=";
const args = process.argv.slice(2);
const named = args.find((argument) => argument.startsWith(LANE))?.slice(LANE.length);
const environment = { ...process.env, STANDSTILL_LANE: named ?? process.env.STANDSTILL_LANE };
const lane = laneAsked(environment);

checkNode();
await install();
await build();
const others = args.filter((argument) => !argument.startsWith(LANE));
// Tests of a package need no programs of others, only those of the whole do.
const isOfPackages = others.length > 0 && others.every((one) => one.startsWith("packages/"));
if (!isOfPackages) for (const name of LANES[lane].programs) await programs[name]();
const vitest = new URL("node_modules/vitest/vitest.mjs", root).pathname;
process.exitCode = await run(process.execPath, [vitest, "run", ...others], {
  inherit: true,
  env: { ...environment, STANDSTILL_LANE: lane },
});
