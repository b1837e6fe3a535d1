// The source files of all packages, read, and how a name that is imported is found in them.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { readSourceFile } from "./read-file.mjs";

/**
 * The sources of all packages.
 *
 * @param {string} root directory of the project
 * @param {ReadonlyMap<string, string>} [planted] texts by path from the root, instead of or beside what is there
 */
export function readTree(root, planted = new Map()) {
  const packages = readdirSync(join(root, "packages"));
  const files = new Map();
  const manifests = new Map();
  for (const name of packages) {
    const place = join(root, "packages", name);
    manifests.set(name, JSON.parse(readFileSync(join(place, "package.json"), "utf8")));
    for (const file of readdirSync(join(place, "src"), { recursive: true })) {
      const path = `packages/${name}/src/${file.replaceAll("\\", "/")}`;
      if (isSource(path)) files.set(path, cached(path, readFileSync(join(root, path), "utf8")));
    }
  }
  for (const [path, text] of planted) files.set(path, readSourceFile(path, text));
  return { packages, files, manifests };
}

/** Name of the package that a path is in. */
export function packageOf(path) {
  return path.split("/")[1];
}

/**
 * The file that a specifier means.
 *
 * @returns {string | undefined} nothing if there is none
 */
export function resolve({ files, manifests }, from, specifier) {
  if (specifier.startsWith(".")) {
    // What follows a question mark tells the bundler how to load it.
    const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ""));
    return files.has(path) ? path : undefined;
  }
  const [, noun, entry] = /^@standstill\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  const inside = specifier.startsWith("#") ? packageOf(from) : noun;
  const manifest = manifests.get(inside);
  const target = specifier.startsWith("#")
    ? manifest?.imports?.[specifier]
    : manifest?.exports?.[entry === undefined ? "." : `./${entry}`];
  const path = target?.source && posix.join("packages", inside, target.source);
  return files.has(path) ? path : undefined;
}

/**
 * Where a name that a file exports is declared, through files that only pass it on.
 *
 * @returns {{path: string, name: string} | undefined}
 */
export function declarationOf(tree, path, name, seen = new Set()) {
  if (path === undefined || seen.has(path)) return undefined;
  seen.add(path);
  const file = tree.files.get(path);
  const passed = file.exports.get(name);
  if (passed !== undefined && passed.from === undefined) return { path, name: passed.name };
  if (passed !== undefined) {
    return declarationOf(tree, resolve(tree, path, passed.from), passed.name, seen);
  }
  for (const from of file.exportsAll) {
    const found = declarationOf(tree, resolve(tree, path, from), name, seen);
    if (found !== undefined) return found;
  }
  return { path, name };
}

const known = new Map();

/** Each text is read once, however often the tree is. */
function cached(path, text) {
  const before = known.get(path);
  if (before?.text === text) return before.file;
  const file = readSourceFile(path, text);
  known.set(path, { text, file });
  return file;
}

function isSource(path) {
  return /\.tsx?$/.test(path) && !path.endsWith(".d.ts");
}
