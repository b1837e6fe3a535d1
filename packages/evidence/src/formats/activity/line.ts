/** How the lines of a log are laid out: a program writes its fields in one order and with one spelling. */
export interface LinePattern {
  readonly keys: readonly string[];
  /** What stands before each value, and after the last. */
  readonly between: readonly string[];
}

const KEY = /\s*"([^"\\\p{Cc}]*)"\s*:\s*/uy;
const VALUE = /(?:"[^"\\\p{Cc}]*"|-?\d+|\[[^[\]{}]*\])/uy;
const NEXT = /\s*,/y;
const END = /\s*\}\s*$/y;

/**
 * The layout of a line of JSON that is an object of texts without escapes, whole numbers and lists; `undefined` of one that is
 * more than that, or names a field twice.
 *
 * @example patternOf('{"a":"x","b":1}')?.keys // ["a", "b"]
 */
export function patternOf(line: string): LinePattern | undefined {
  const open = /^\s*\{/.exec(line);
  if (open === null) return undefined;
  const keys: string[] = [];
  const between: string[] = [];
  let [at, from] = [open[0].length, 0];
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(line);
    if (found !== null) at = expression.lastIndex;
    return found;
  };
  for (;;) {
    const key = take(KEY)?.[1];
    if (key === undefined || keys.includes(key)) return undefined;
    keys.push(key);
    between.push(line.slice(from, at));
    if (take(VALUE) === null) return undefined;
    from = at;
    if (take(NEXT) !== null) continue;
    if (take(END) === null) return undefined;
    between.push(line.slice(from));
    return { keys, between };
  }
}

/** Whether an object in JSON names a field twice at its first level: readers differ in which they take. */
export function namesTwice(line: string): boolean {
  const keys = new Set<string>();
  let depth = 0;
  for (const [token, text] of line.matchAll(
    /"((?:[^"\\]|\\.)*)"(?=\s*:)|"(?:[^"\\]|\\.)*"|[{}[\]]/g,
  )) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (text !== undefined && depth === 1) {
      const key: string = JSON.parse(`"${text}"`);
      if (keys.has(key)) return true;
      keys.add(key);
    }
  }
  return false;
}
