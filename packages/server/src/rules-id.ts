import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

/**
 * Names the rules by which this program replays: the SHA-256 of the code of every package that has any. A snapshot that
 * other rules made is not used, so that nobody must remember to say that rules have changed.
 */
export function rulesId(): Promise<string> {
  known ??= findRulesId();
  return known;
}

let known: Promise<string> | undefined;

/** The packages whose code decides what a record's entries come to: `replay` and all of ours that it stands on. */
export async function packagesOfRules(): Promise<readonly string[]> {
  const found = new Set(["@standstill/replay"]);
  // A set that grows is walked to its end.
  for (const name of found) {
    const manifest = await readFile(join(folderOf(name), "..", "package.json"), "utf8");
    const { dependencies } = manifestSchema.parse(JSON.parse(manifest));
    for (const one of Object.keys(dependencies)) if (one.startsWith("@standstill/")) found.add(one);
  }
  return [...found].sort();
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

async function findRulesId(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of await packagesOfRules()) {
    const folder = folderOf(name);
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((one) => one.endsWith(".js")).sort()) {
      hash.update(`${name}/${file}\n`).update(await readFile(join(folder, file)));
    }
  }
  return `rules sha256:${hash.digest("hex")}`;
}

/** Where a package's compiled code lies. */
function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name));
}
