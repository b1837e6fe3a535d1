// `npm run draft`: names the present draft of the rules by its code, in packages/record/src/draft.ts. A test fails while the
// name is another's, so that no two drafts go by one name.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** The file that holds the name, which is no part of what it names. */
export const DRAFT_FILE = "packages/record/src/draft.ts";

/** The draft's name: `draft-` and the first 12 digits of the SHA-256 of the sources of all packages that decide what a record comes to. */
export function draftName(root = ROOT) {
  const hash = createHash("sha256");
  for (const path of packagesOfRules(root).flatMap((name) => sourcesOf(root, name))) {
    if (path === DRAFT_FILE) continue;
    // The same on a machine whose git writes other ends of lines.
    const text = readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");
    hash.update(`${path}\n${Buffer.byteLength(text)}\n${text}`);
  }
  return `draft-${hash.digest("hex").slice(0, 12)}`;
}

/** `replay` and all of ours that it stands on. */
function packagesOfRules(root) {
  const found = new Set(["replay"]);
  // A set that grows is walked to its end.
  for (const name of found) {
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
    for (const one of Object.keys(manifest.dependencies ?? {}))
      if (one.startsWith("@standstill/")) found.add(one.slice("@standstill/".length));
  }
  return [...found].sort();
}

function sourcesOf(root, name) {
  const files = readdirSync(join(root, "packages", name, "src"), { recursive: true });
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `packages/${name}/src/${file.replaceAll("\\", "/")}`)
    .sort();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = join(ROOT, DRAFT_FILE);
  const before = readFileSync(path, "utf8");
  const name = draftName();
  writeFileSync(path, before.replace(/(?: *"draft-[^"]*",\n)+/, `  "${name}",\n`));
  console.log(name);
}
