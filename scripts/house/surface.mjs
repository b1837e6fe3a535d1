// The public surface: every entry of a package says which of its exports others may build on and which are for this
// house alone, and exports nothing that nobody takes. docs/decisions/2026-11-27-surface.md says why.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { isType, signatureOf } from "./signature.mjs";
import { declarationOf, packageOf, resolve } from "./tree.mjs";

/** Where those live who may take a name from a package: its own tests count, its own sources do not. */
const PLACES = ["packages", "tests", "bench", "scripts", "conformance", "docs", "README.md"];
const LEFT_OUT = new Set(["node_modules", "dist"]);
const NAMED = /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']([^"']+)["']/g;
const WHOLE = /(?:import\s*\(|\*\s+as\s+\w+\s+from)\s*["']([^"']+)["']/g;
const MARK = /^\/\/ @(public|internal)\b/gm;
/** A script may take what was built. */
const BUILT = /packages\/([a-z-]+)\/dist\/index\.js$/;

/**
 * Texts of all who may take something from a package, by path from the root.
 *
 * @param {string} root directory of the project
 */
export function readTakers(root) {
  const texts = new Map();
  const add = (path) => texts.set(path, readFileSync(join(root, path), "utf8"));
  const visit = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const below = posix.join(path, entry.name);
      if (entry.isDirectory()) !LEFT_OUT.has(entry.name) && visit(below);
      else if (/\.(?:[mc]?[jt]sx?|md|html)$/.test(entry.name)) add(below);
    }
  };
  for (const place of PLACES) place.includes(".") ? add(place) : visit(place);
  return texts;
}

/**
 * Exports of entries that nobody takes, and that stand in the signature of nothing that is taken.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @param {ReadonlyMap<string, string>} takers
 * @returns {string[]}
 */
export function unusedExports(tree, takers) {
  const taken = takenNames(tree, takers);
  const exported = markedExports(tree);
  const reached = reachedFrom(
    tree,
    exported.filter((one) => taken.has(keyOf(one))),
  );
  return exported
    .filter((one) => !taken.has(keyOf(one)))
    .filter(({ path, name }) => !reached.has(keyOf(declarationOf(tree, path, name))))
    .map(
      ({ path, name }) =>
        `${path}: ${name} is exported, but nothing outside of the package takes it`,
    );
}

/**
 * Exports that stand under no mark, and public ones that cannot be called without what is internal. What a public type holds need not have
 * a public name: it is reached through it.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @returns {string[]}
 */
export function wronglyMarked(tree) {
  const exported = markedExports(tree);
  const unmarked = exported.filter(({ mark }) => mark === undefined);
  const declared = exported.map((one) => ({ ...one, at: declarationOf(tree, one.path, one.name) }));
  const openTo = (some) => new Set(some.map(({ at }) => keyOf(at)));
  const shown = openTo(declared.filter(({ mark }) => mark === "public"));
  const hidden = openTo(declared.filter(({ mark }) => mark === "internal"));
  return [
    ...unmarked.map(
      ({ path, name }) => `${path}: ${name} stands under no mark; say // @public or // @internal`,
    ),
    ...declared
      .filter(({ mark, at }) => mark === "public" && !isType(tree, at))
      .flatMap(({ path, name, at }) =>
        signatureOf(tree, at)
          .filter((one) => hidden.has(keyOf(one)) && !shown.has(keyOf(one)))
          .map((one) => `${path}: ${name} is public, but ${one.name}, which it names, is internal`),
      ),
  ];
}

/**
 * Internal exports that a page shows to its readers.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @param {ReadonlyMap<string, string>} takers
 * @returns {string[]}
 */
export function internalsInPages(tree, takers) {
  const internal = markedExports(tree).filter(({ mark }) => mark !== "public");
  const pages = [...takers].filter(([path]) => path.endsWith(".md"));
  return pages.flatMap((page) => {
    const taken = takenNames(tree, [page]);
    return internal
      .filter((one) => taken.has(keyOf(one)))
      .map(({ name }) => `${page[0]}: ${name} is internal; a page shows what is public`);
  });
}

/** Every export of every entry, and under which mark it stands. */
export function markedExports(tree) {
  return entriesOf(tree).flatMap(({ path }) => {
    const { text, exports } = tree.files.get(path);
    const marks = [...text.matchAll(MARK)];
    return [...exports].map(([name, { start }]) => ({
      path,
      name,
      mark: marks.findLast(({ index }) => index < start)?.[1],
    }));
  });
}

/** Everything that signatures of some exports name, and that the signatures of that name in turn, where it is declared. */
function reachedFrom(tree, exported) {
  const open = exported.map(({ path, name }) => declarationOf(tree, path, name)).filter(Boolean);
  const reached = new Set(open.map(keyOf));
  for (const at of open) {
    for (const next of signatureOf(tree, at)) {
      if (reached.has(keyOf(next))) continue;
      reached.add(keyOf(next));
      open.push(next);
    }
  }
  return reached;
}

function takenNames(tree, takers) {
  const taken = new Set();
  for (const [by, text] of takers) {
    const take = (specifier, names) => {
      const path = entryOf(tree, by, specifier);
      // A package's own sources do not make its surface.
      if (path === undefined || by.startsWith(`packages/${packageOf(path)}/src/`)) return;
      for (const name of names) taken.add(keyOf({ path, name }));
    };
    for (const [, names, specifier] of text.matchAll(NAMED)) take(specifier, namesIn(names));
    // Whoever takes an entry whole takes what he names.
    for (const [, specifier] of text.matchAll(WHOLE)) take(specifier, text.match(/\w+/g));
  }
  return taken;
}

function namesIn(text) {
  const names = text.replaceAll(/\/\/.*/g, "").split(",");
  return names.map(
    (one) =>
      one
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/)[0],
  );
}

function entryOf(tree, by, specifier) {
  const [, built] = BUILT.exec(specifier) ?? [];
  const asked = built === undefined ? specifier : `@standstill/${built}`;
  return asked.startsWith("@standstill/") ? resolve(tree, by, asked) : undefined;
}

/**
 * The files that packages show to others. A program's surface is its commands.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @returns {{specifier: string, path: string}[]}
 */
export function entriesOf({ packages, manifests }) {
  const libraries = packages.filter((name) => manifests.get(name).bin === undefined);
  return libraries.flatMap((name) =>
    Object.entries(manifests.get(name).exports ?? {}).map(([entry, { source }]) => ({
      specifier: posix.join("@standstill", name, entry),
      path: posix.join("packages", name, source),
    })),
  );
}

function keyOf({ path, name }) {
  return `${path} ${name}`;
}
