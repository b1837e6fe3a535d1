// `npm run manual`: writes docs/commands.md, docs/statements.md and docs/library.md from the definitions of commands, statements and entries.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { commandManual } from "../packages/cli/dist/main.js";
import { ROLES } from "../packages/record/dist/index.js";
import { statementKinds } from "../packages/replay/dist/index.js";
import { readTree } from "./house/tree.mjs";
import { libraryPage } from "./library-page.mjs";
import { root } from "./setup/run.mjs";
import { statementsPage } from "./statements-page.mjs";

await writeFile(new URL("../docs/commands.md", import.meta.url), await commandManual());
await writeFile(
  new URL("../docs/statements.md", import.meta.url),
  statementsPage(statementKinds, ROLES),
);
await writeFile(
  new URL("../docs/library.md", import.meta.url),
  libraryPage(readTree(fileURLToPath(root))),
);
