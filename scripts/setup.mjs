// `npm run setup`: installs and builds what is missing, and nothing else.
import { build, checkNode, install } from "./setup/project.mjs";

checkNode();
await install();
await build();
