// What the parser cannot be talked out of: how many types are only asserted, and errors that are dropped without a reason.
import { parentsIn } from "./syntax.mjs";

/** Assertions of types, of a thousand lines, from which on they are too many. */
const CASTS_OF_THOUSAND = 4;
/** Files that are named where there are too many. */
const NAMED = 10;

/**
 * Lines of a file's assertions of types (`as T`, `<T>x`), other than `as const`, which asserts nothing.
 *
 * @param {import("oxc-parser").Program} program
 * @param {(offset: number) => number} lineOf
 */
export function castsIn(program, lineOf) {
  return [...parentsIn(program).keys()].filter(isCast).map(({ start }) => lineOf(start));
}

function isCast({ type, typeAnnotation }) {
  if (type === "TSTypeAssertion") return true;
  return type === "TSAsExpression" && typeAnnotation.typeName?.name !== "const";
}

/**
 * Lines of a file's catches that take no error and say nothing of why.
 *
 * @param {import("oxc-parser").ParseResult} parsed
 * @param {(offset: number) => number} lineOf
 */
export function silentCatchesIn({ program, comments }, lineOf) {
  return [...parentsIn(program).keys()]
    .filter(({ type, param }) => type === "CatchClause" && param === null)
    .filter(({ body }) => !comments.some(({ start, end }) => body.start < start && end < body.end))
    .map(({ start }) => lineOf(start));
}

/**
 * Too many assertions over all sources, with the files that have most; and each catch that drops an error without a reason.
 *
 * @param {ReturnType<import("./tree.mjs").readTree>} tree
 * @returns {string[]}
 */
export function styleRefusals({ files }) {
  return [
    ...tooManyCasts(files),
    ...[...files].flatMap(([path, { silentCatches }]) =>
      silentCatches.map(
        (line) => `${path}:${line}: it drops an error; say in a comment in the catch why`,
      ),
    ),
  ];
}

function tooManyCasts(files) {
  let [casts, lines] = [0, 0];
  for (const file of files.values()) {
    casts += file.casts.length;
    lines += file.text.split("\n").length - 1;
  }
  if (casts * 1000 < CASTS_OF_THOUSAND * lines) return [];
  const worst = [...files]
    .sort(([, a], [, b]) => b.casts.length - a.casts.length)
    .slice(0, NAMED)
    .map(([path, file]) => `${path} (${file.casts.length})`);
  const rate = ((casts * 1000) / lines).toFixed(2);
  return [
    `packages: ${casts} types are asserted (as T), ${rate} of 1,000 lines, where fewer than ${CASTS_OF_THOUSAND} may be; most in ${worst.join(", ")}`,
  ];
}
