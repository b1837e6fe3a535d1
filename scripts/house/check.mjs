// Holds the sources against the table of floors and powers: which arrows point up or sideways, who uses a power that is
// not his, who reaches one through what he calls, and which files go round in a circle.
import { FLOORS, NEVER, POWERS, TRUSTED } from "./floors.mjs";
import { POWER_WORDS } from "./powers.mjs";
import { isOutsideHouse } from "./read-file.mjs";
import { LOADING } from "./syntax.mjs";
import { declarationOf, packageOf, resolve } from "./tree.mjs";

/**
 * What the house refuses, a sentence each with its place.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @returns {string[]}
 */
export function refusalsOf(tree) {
  return [
    ...unplacedPackages(tree),
    ...[...tree.files].flatMap(([path, file]) => [
      ...wrongArrows(tree, path, file),
      ...powersUsed(path, file),
    ]),
    ...powersReached(tree),
    ...circles(tree),
  ];
}

function unplacedPackages({ packages }) {
  const placed = new Set(FLOORS.flat());
  return packages
    .filter((name) => !placed.has(name))
    .map(
      (name) => `packages/${name}: it stands on no floor; give it one in scripts/house/floors.mjs`,
    );
}

function wrongArrows(tree, path, { imports }) {
  const from = packageOf(path);
  return imports.flatMap(({ from: specifier, line }) => {
    if (isOutsideHouse(specifier)) return [];
    const target = resolve(tree, path, specifier);
    const to = target === undefined ? specifier.split("/")[1] : packageOf(target);
    const at = `${path}:${line}`;
    if (to !== from && FLOORS.flat().includes(to)) {
      if (specifier.startsWith("."))
        return [`${at}: ${from} reaches into ${to} by a path; import its entry`];
      const never = NEVER.find((one) => one.from === from && one.to.includes(to));
      if (never !== undefined) return [`${at}: ${from} imports ${to}, but ${never.because}`];
      if (floorOf(to) >= floorOf(from))
        return [
          `${at}: ${from} imports ${to}, which is not on a floor below; arrows point only downward`,
        ];
    }
    return target === undefined ? [`${at}: nothing is found under ${specifier}`] : [];
  });
}

function powersUsed(path, { uses }) {
  const mine = powersOf(path);
  const refusals = uses
    .filter(({ power }) => !mine.has(power))
    .map(
      ({ power, what, line }) =>
        `${path}:${line}: ${what} gives ${POWER_WORDS[power]}, which is not for this file`,
    );
  return [...new Set(refusals)];
}

/** Calls of what has a power, from where that power is not given, however many calls lie between. */
function powersReached(tree) {
  const leansOf = leansByName(tree);
  const told = new Set();
  const refusals = [];
  for (const [path, file] of tree.files) {
    const mine = powersOf(path);
    for (const by of new Set([LOADING, ...file.leans.map((lean) => lean.by)])) {
      const found = firstForeignPower(tree, leansOf, { path, name: by }, mine);
      if (found === undefined) continue;
      const { chain, use } = found;
      // Who calls somebody who may not call it either need not be told as well.
      const key = `${chain.at(-2)} ${chain.at(-1)}`;
      if (told.has(key)) continue;
      told.add(key);
      refusals.push(
        `${path}: ${POWER_WORDS[use.power]} is reached, by ${chain.join(" → ")} (${use.what})`,
      );
    }
  }
  return refusals;
}

function firstForeignPower(tree, leansOf, start, mine) {
  const open = [{ ...start, chain: [nameOf(start)] }];
  const seen = new Set([keyOf(start)]);
  for (const { path, name, chain } of open) {
    // What a file uses itself is told by the file, and what it may use is its own affair.
    const use =
      path === start.path
        ? undefined
        : tree.files.get(path).uses.find(({ by, power }) => by === name && !mine.has(power));
    if (use !== undefined) return { chain, use };
    for (const next of leansOf.get(keyOf({ path, name })) ?? []) {
      if (seen.has(keyOf(next)) || isTrusted(next.path)) continue;
      seen.add(keyOf(next));
      open.push({ ...next, chain: [...chain, nameOf(next)] });
    }
  }
  return undefined;
}

/** For each top-level name of each file, the names that it leans on, where they are declared. */
function leansByName(tree) {
  const found = new Map();
  for (const [path, { leans }] of tree.files) {
    for (const { by, on, from } of leans) {
      const target = from === undefined ? path : resolve(tree, path, from);
      const next =
        from === undefined || on === LOADING
          ? target && { path: target, name: on }
          : declarationOf(tree, target, on);
      if (next === undefined) continue;
      const key = keyOf({ path, name: by });
      found.set(key, [...(found.get(key) ?? []), next]);
    }
  }
  return found;
}

/** Powers that the table gives a file. */
export function powersOf(path) {
  const place = path.split("/").slice(3).join("/");
  const given = Object.entries(POWERS[packageOf(path)] ?? {}).filter(([below]) =>
    place.startsWith(below),
  );
  return new Set(
    given.flatMap(([, powers]) => (powers === "all" ? Object.keys(POWER_WORDS) : powers)),
  );
}

function isTrusted(path) {
  return Object.keys(TRUSTED).some((below) => path.startsWith(below));
}

/** Files that import each other in a circle, each circle once (Tarjan 1972). */
function circles(tree) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (path) => {
    order.set(path, order.size);
    low.set(path, order.get(path));
    stack.push(path);
    for (const { from } of tree.files.get(path).imports) {
      const next = isOutsideHouse(from) ? undefined : resolve(tree, path, from);
      if (next === undefined) continue;
      if (!order.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path), low.get(next)));
      } else if (stack.includes(next)) low.set(path, Math.min(low.get(path), order.get(next)));
    }
    if (low.get(path) !== order.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1)
      found.push(`${circle.join(" → ")}: these files import each other in a circle`);
  };
  for (const path of tree.files.keys()) if (!order.has(path)) visit(path);
  return found;
}

function floorOf(name) {
  return FLOORS.findIndex((floor) => floor.includes(name));
}

function keyOf({ path, name }) {
  return `${path} ${name}`;
}

function nameOf({ path, name }) {
  const file = path.replace(/^packages\//, "").replace("/src/", "/");
  return name === LOADING ? file : `${file}:${name}`;
}
