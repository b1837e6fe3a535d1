// What a declaration shows to those who call it: the types of what it takes and gives, and not what it does inside.
import { parseSync, visitorKeys } from "oxc-parser";
import { declarationOf, resolve } from "./tree.mjs";

const parsed = new WeakMap();

/**
 * The names that the signature of a declaration names, where they are declared.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @param {{path: string, name: string}} at
 * @returns {{path: string, name: string}[]}
 */
export function signatureOf(tree, { path, name }) {
  const file = tree.files.get(path);
  if (file === undefined) return [];
  const { declared, imported } = namesOf(file, path);
  return [...(declared.get(name) ?? [])].flatMap((one) => {
    if (declared.has(one)) return [{ path, name: one }];
    const source = imported.get(one);
    if (source === undefined) return [];
    return declarationOf(tree, resolve(tree, path, source.from), source.name) ?? [];
  });
}

/** Whether a declaration is of a type alone. */
export function isType(tree, { path, name }) {
  const file = tree.files.get(path);
  return file !== undefined && namesOf(file, path).types.has(name);
}

/** For each top-level name of a file, the names in its signature; and where names that are imported come from. */
function namesOf(file, path) {
  const before = parsed.get(file);
  if (before !== undefined) return before;
  const declared = new Map();
  const imported = new Map();
  const types = new Set();
  for (const node of parseSync(path, file.text).program.body) {
    if (node.type === "ImportDeclaration")
      for (const { local, imported: theirs } of node.specifiers)
        imported.set(local.name, { from: node.source.value, name: theirs?.name ?? "default" });
    const declaration = node.declaration ?? node;
    const parts = declaration.declarations ?? [declaration];
    for (const part of parts) {
      const name = part.id?.name;
      if (/^TS(?:Interface|TypeAlias)Declaration$/.test(part.type)) types.add(name);
      if (name !== undefined)
        declared.set(name, new Set([...(declared.get(name) ?? []), ...shown(part)]));
    }
  }
  const found = { declared, imported, types };
  parsed.set(file, found);
  return found;
}

/** Names of types below a node, without what is inside of functions and what a class keeps to itself. */
function shown(root) {
  const names = new Set();
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    const named =
      node.typeName ??
      node.exprName ??
      (node.type === "TSInterfaceHeritage" ? node.expression : node.superClass);
    const first = leftmost(named);
    if (first !== undefined) names.add(first);
    if (node.accessibility === "private" || node.key?.type === "PrivateIdentifier") continue;
    for (const key of visitorKeys[node.type] ?? []) {
      if (key === "body" && /Function|Method|StaticBlock/.test(node.type)) continue;
      for (const child of [node[key]].flat()) if (typeof child?.type === "string") open.push(child);
    }
  }
  return names;
}

/** The name of which a dotted one is a part. */
function leftmost(named) {
  let at = named;
  while (at?.type === "TSQualifiedName") at = at.left;
  return at?.type === "Identifier" ? at.name : undefined;
}
