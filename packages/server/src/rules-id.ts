import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The packages whose code decides what a record's entries come to. */
const RULES = [
  "record",
  "agreement",
  "evidence",
  "verification",
  "indicators",
  "adjudication",
  "gate",
  "replay",
] as const;

let known: Promise<string> | undefined;

/**
 * Names the rules by which this program replays: the SHA-256 of the code of every package that has any. A snapshot that
 * other rules made is not used, so that nobody must remember to say that rules have changed.
 */
export function rulesId(): Promise<string> {
  known ??= findRulesId();
  return known;
}

async function findRulesId(): Promise<string> {
  const require = createRequire(import.meta.url);
  const hash = createHash("sha256");
  for (const name of RULES) {
    const folder = dirname(require.resolve(`@standstill/${name}`));
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((one) => one.endsWith(".js")).sort()) {
      hash.update(`${name}/${file}\n`).update(await readFile(join(folder, file)));
    }
  }
  return `rules sha256:${hash.digest("hex")}`;
}
