// What one source file imports, which powers it uses itself, and which of its names lean on which: read off its syntax
// tree, for .ts and .tsx alike. Types do nothing when a program runs; they count as arrows between packages only.
import { analyze } from "eslint-scope";
import { parseSync } from "oxc-parser";
import { powerOfExpression, powerOfGlobal, powerOfModule } from "./powers.mjs";
import { castsIn, silentCatchesIn } from "./style.mjs";
import {
  allParentsIn,
  declaredNames,
  holderFinder,
  LOADING,
  lineFinder,
  parentsIn,
  RUNNING_KEYS,
} from "./syntax.mjs";

/**
 * A power that a file uses itself: what gives it, as it is written, and the top-level name in which it stands.
 * @typedef {{power: string, what: string, line: number, by: string}} Use
 *
 * What is imported, as it is written; `isType` if nothing of it is left when the program runs.
 * @typedef {{from: string, line: number, isType: boolean}} Import
 *
 * That one top-level name needs another: of this file, or of the one that is imported.
 * @typedef {{by: string, on: string, from?: string}} Lean
 *
 * `casts` are lines of types that are only asserted, `silentCatches` of errors that are dropped without a reason.
 * `exports` says where a name comes from that others may import; `exportsAll` what is exported whole.
 * @typedef {{imports: Import[], uses: Use[], leans: Lean[], exports: Map<string, {from?: string, name: string, start: number}>,
 *   exportsAll: string[], text: string, casts: number[], silentCatches: number[]}} SourceFile
 */

/**
 * Reads a source file.
 *
 * @param {string} path for messages, and to tell .tsx from .ts
 * @param {string} text
 * @returns {SourceFile}
 * @throws {Error} if it is no TypeScript
 */
export function readSourceFile(path, text) {
  const parsed = parseSync(path, text, { range: true });
  const { program, errors } = parsed;
  if (errors.length > 0)
    throw new Error(`expected TypeScript in ${path}, got: ${errors[0].message}`);
  const lineOf = lineFinder(text);
  const holdersAt = holderFinder(program);
  const parents = parentsIn(program);
  const file = {
    text,
    imports: [],
    uses: [],
    leans: [],
    exports: new Map(),
    exportsAll: [],
    casts: castsIn(program, lineOf),
    silentCatches: silentCatchesIn(parsed, lineOf),
  };

  readArrows(program, file, lineOf);
  readExports(program, file);
  const use = (power, what, node) => {
    if (power === undefined) return;
    for (const by of holdersAt(node.start))
      file.uses.push({ power, what, line: lineOf(node.start), by });
  };
  for (const node of parents.keys())
    use(powerOfExpression(node), text.slice(node.start, node.end), node);
  for (const { identifier, resolved } of referencesIn(program)) {
    const imported = importOf(resolved);
    if (resolved === null) {
      use(
        powerOfGlobal(identifier.name, parentsOf(identifier, parents)),
        identifier.name,
        identifier,
      );
    } else if (imported !== undefined && isOutsideHouse(imported.from)) {
      use(powerOfModule(imported.from), imported.from, identifier);
    } else if (resolved.scope.type === "module") {
      const on = imported?.name ?? identifier.name;
      for (const by of holdersAt(identifier.start))
        file.leans.push({ by, on, from: imported?.from });
    }
  }
  return file;
}

/** Whether something is neither a file of this package nor a package of the house. */
export function isOutsideHouse(specifier) {
  return !/^(?:\.|#|@standstill\/)/.test(specifier);
}

/** Everything that is imported or exported from elsewhere, as arrows; what runs on loading leans on what it loads. */
function readArrows(program, file, lineOf) {
  for (const node of allParentsIn(program).keys()) {
    const source = node.source?.value;
    if (typeof source !== "string" || source.endsWith(".css")) continue;
    const isType =
      node.type === "TSImportType" ||
      node.importKind === "type" ||
      node.exportKind === "type" ||
      (node.specifiers?.length > 0 &&
        node.specifiers.every(
          ({ importKind, exportKind }) => (importKind ?? exportKind) === "type",
        ));
    file.imports.push({ from: source, line: lineOf(node.start), isType });
    if (isType) continue;
    const isWhole = node.type === "ImportExpression" || node.specifiers?.length === 0;
    if (isOutsideHouse(source)) {
      const powers = [isWhole && powerOfModule(source), source.startsWith("node:") && "node"];
      for (const power of powers.filter(Boolean))
        file.uses.push({ power, what: source, line: lineOf(node.start), by: LOADING });
    } else {
      file.leans.push({ by: LOADING, on: LOADING, from: source });
      if (node.type === "ImportExpression")
        file.leans.push({ by: LOADING, on: "namespace", from: source });
    }
  }
}

function readExports(program, file) {
  for (const node of program.body) {
    if (node.type === "ExportAllDeclaration") file.exportsAll.push(node.source.value);
    if (node.type !== "ExportNamedDeclaration") continue;
    const { start } = node;
    for (const name of declaredNames(node.declaration)) file.exports.set(name, { name, start });
    for (const { local, exported } of node.specifiers)
      file.exports.set(exported.name, { from: node.source?.value, name: local.name, start });
  }
}

function referencesIn(program) {
  const scopes = analyze(program, {
    ecmaVersion: 2024,
    sourceType: "module",
    jsx: true,
    childVisitorKeys: RUNNING_KEYS,
    fallback: () => [],
  });
  return scopes.scopes.flatMap(({ references }) => references);
}

/** Where an imported variable comes from; nothing for one of this file. */
function importOf(variable) {
  const definition = variable?.defs.find(({ type }) => type === "ImportBinding");
  if (definition === undefined) return undefined;
  const { node, parent } = definition;
  const name =
    node.type === "ImportSpecifier"
      ? node.imported.name
      : node.type === "ImportDefaultSpecifier"
        ? "default"
        : "namespace";
  return { from: parent.source.value, name };
}

function parentsOf(node, parents) {
  const found = [];
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) found.push(at);
  return found;
}
