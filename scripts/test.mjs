// `npm test`: installs and builds what is missing, fetches what the tests need, runs them. Arguments go to vitest.
import { build, checkNode, install } from "./setup/project.mjs";
import { root, run } from "./setup/run.mjs";
import { browser, feeds, go, nodes } from "./setup/test-tools.mjs";

checkNode();
await install();
await build();
await browser();
await go();
await feeds();
await nodes();
const vitest = new URL("node_modules/vitest/vitest.mjs", root).pathname;
process.exitCode = await run(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  inherit: true,
});
