// `npm run check:house`: holds the sources, of this project or of one at another place, against the table of floors and
// powers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { refusalsOf } from "./house/check.mjs";
import { styleRefusals } from "./house/style.mjs";
import { internalsInPages, readTakers, unusedExports, wronglyMarked } from "./house/surface.mjs";
import { readTree } from "./house/tree.mjs";
import { libraryPage } from "./library-page.mjs";
import { misplacedRules } from "./mutants/mutate.mjs";
import { RULES } from "./mutants/rules.mjs";
import { root } from "./setup/run.mjs";

const project = fileURLToPath(root);
const place = process.argv[2] ?? project;
const tree = readTree(place);
// Who takes a name may be a test, a script or a page, which a copy of the sources lacks.
const takers = place === project ? readTakers(project) : undefined;
const refusals = [
  ...refusalsOf(tree),
  ...styleRefusals(tree),
  ...wronglyMarked(tree),
  // Whoever moves a rule should learn at once that it stands in the list of those that are taken out in turn.
  ...(place === project ? misplacedRules(project, RULES) : []),
  ...(takers === undefined
    ? []
    : [...unusedExports(tree, takers), ...internalsInPages(tree, takers), ...stalePage()]),
];
for (const refusal of refusals) console.error(refusal);
if (refusals.length === 0) console.log(`${tree.files.size} files keep to the house.`);
process.exitCode = refusals.length === 0 ? 0 : 1;

/** Whoever changes what is public, or its first sentence, should learn at once that a page tells of it. */
function stalePage() {
  const page = readFileSync(join(project, "docs/library.md"), "utf8");
  return page === libraryPage(tree)
    ? []
    : ["docs/library.md: it is not what the entries say; run npm run manual"];
}
