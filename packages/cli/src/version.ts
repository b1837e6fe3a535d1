import { createRequire } from "node:module";

const manifest: { readonly version: string } = createRequire(import.meta.url)("../package.json");

/** Version of this program, as its package says. */
export const packageVersion = manifest.version;
