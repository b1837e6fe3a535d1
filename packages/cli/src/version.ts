import { createRequire } from "node:module";

/** Version of this program, as its package says. */
export const packageVersion = (
  createRequire(import.meta.url)("../package.json") as { version: string }
).version;
