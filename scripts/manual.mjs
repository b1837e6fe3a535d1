// `npm run manual`: writes docs/commands.md from the definitions of the commands.
import { writeFile } from "node:fs/promises";
import { commandManual } from "../packages/cli/dist/main.js";

await writeFile(new URL("../docs/commands.md", import.meta.url), await commandManual());
