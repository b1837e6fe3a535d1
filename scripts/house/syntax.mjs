// A walk over the parts of TypeScript that are left when a program runs, and where in the file a part of it stands.
import { visitorKeys } from "oxc-parser";

/** Everything that runs when a file is loaded goes by this name. */
export const LOADING = "*";

const TYPE_KEYS =
  /^(?:typeAnnotation|typeParameters|typeArguments|superTypeArguments|returnType|implements)$/;
const TRANSPARENT =
  /^TS(?:AsExpression|SatisfiesExpression|NonNullExpression|InstantiationExpression|TypeAssertion)$/;

/** For each type of node, the keys of its children that are left when a program runs. */
export const RUNNING_KEYS = Object.fromEntries(
  Object.entries(visitorKeys).map(([type, keys]) => {
    if (!type.startsWith("TS")) return [type, keys.filter((key) => !TYPE_KEYS.test(key))];
    return [type, TRANSPARENT.test(type) ? ["expression"] : []];
  }),
);

/** Every node below `root` that is left when the program runs, with its parent. */
export function parentsIn(root) {
  return walk(root, RUNNING_KEYS);
}

/** Every node below `root`, types included, with its parent. */
export function allParentsIn(root) {
  return walk(root, visitorKeys);
}

function walk(root, keys) {
  const parents = new Map();
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    for (const key of keys[node.type] ?? []) {
      for (const child of [node[key]].flat()) {
        if (typeof child?.type !== "string") continue;
        parents.set(child, node);
        open.push(child);
      }
    }
  }
  return parents;
}

/** Tells the line, from 1, of an offset in a text. */
export function lineFinder(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** Tells by which top-level names an offset is held: whoever uses one of them runs what stands there. */
export function holderFinder(program) {
  const spans = program.body.flatMap((statement) => {
    const declared = statement.declaration ?? statement;
    const parts = declared.type === "VariableDeclaration" ? declared.declarations : [declared];
    return parts.map((part) => ({ start: part.start, end: part.end, names: holdersOf(part) }));
  });
  return (offset) =>
    spans.find(({ start, end }) => start <= offset && offset < end)?.names ?? [LOADING];
}

/** The names that a declaration declares, types included. */
export function declaredNames(declaration) {
  if (declaration?.type !== "VariableDeclaration")
    return declaration?.id ? [declaration.id.name] : [];
  return declaration.declarations.flatMap(({ id }) => namesIn(id));
}

function holdersOf(part) {
  if (part.type === "FunctionDeclaration") return [part.id?.name ?? "default"];
  // What a class extends and its static parts run on loading; nothing pure needs them to be told apart.
  if (part.type === "ClassDeclaration") return [part.id?.name ?? "default"];
  if (part.type !== "VariableDeclarator") return [LOADING];
  const names = namesIn(part.id);
  return /^(?:ArrowFunctionExpression|FunctionExpression|ClassExpression)$/.test(
    part.init?.type ?? "",
  )
    ? names
    : [...names, LOADING];
}

/** The names that a pattern declares. */
function namesIn(pattern) {
  if (pattern.type === "Identifier") return [pattern.name];
  return [...parentsIn(pattern).keys()].flatMap((node) =>
    node.type === "Identifier" ? [node.name] : [],
  );
}
