// `npm start`: installs and builds what is missing, plays the example, serves the page. Needs nothing but Node and npm.
import { build, checkNode, install } from "./setup/project.mjs";
import { run } from "./setup/run.mjs";

checkNode();
await install();
await build();
const program = new URL("../packages/cli/bin/standstill.js", import.meta.url).pathname;
process.exitCode = await run(process.execPath, [program, "up", ...process.argv.slice(2)], {
  inherit: true,
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
