// `npm run manual`: writes docs/commands.md and docs/statements.md from the definitions of commands and statements.
import { writeFile } from "node:fs/promises";
import { commandManual } from "../packages/cli/dist/main.js";
import { ROLES } from "../packages/record/dist/index.js";
import { statementKinds } from "../packages/replay/dist/index.js";
import { statementsPage } from "./statements-page.mjs";

await writeFile(new URL("../docs/commands.md", import.meta.url), await commandManual());
await writeFile(
  new URL("../docs/statements.md", import.meta.url),
  statementsPage(statementKinds, ROLES),
);
