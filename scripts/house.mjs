// `npm run check:house`: holds the sources, of this project or of one at another place, against the table of floors and
// powers.
import { fileURLToPath } from "node:url";
import { refusalsOf } from "./house/check.mjs";
import { readTree } from "./house/tree.mjs";
import { root } from "./setup/run.mjs";

const tree = readTree(process.argv[2] ?? fileURLToPath(root));
const refusals = refusalsOf(tree);
for (const refusal of refusals) console.error(refusal);
if (refusals.length === 0) console.log(`${tree.files.size} files keep to the house.`);
process.exitCode = refusals.length === 0 ? 0 : 1;
