// What gives a program a power over the world outside, or lets that world into its answers. What is named nowhere here
// is refused wherever a list of powers is kept, so that a new interface of Node or of browsers is shut out until
// somebody has said what it can do.

/** The kinds of power, in words for a message. */
export const POWER_WORDS = {
  files: "the file system",
  network: "the network",
  clock: "the clock",
  timers: "timers",
  randomness: "randomness",
  threads: "other threads",
  node: "what only Node has",
  place: "the place where the program lies",
  locale: "the language or time zone of the machine",
  page: "the page",
  rounding: "arithmetic that machines round differently",
  unknown: "something that nobody has classed in scripts/house/powers.mjs",
};

/** Globals that do nothing but compute, alike everywhere. */
const INNOCENT_GLOBALS = new Set([
  ...["undefined", "NaN", "Infinity", "Array", "ArrayBuffer", "BigInt", "Boolean", "DataView"],
  ...["Error", "RangeError", "TypeError", "SyntaxError", "AggregateError", "JSON", "Map", "Set"],
  ...["WeakMap", "WeakSet", "Number", "Object", "Promise", "Proxy", "Reflect", "RegExp", "String"],
  ...["Symbol", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array"],
  ...["Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float32Array"],
  ...["Float64Array", "SharedArrayBuffer", "TextDecoder", "TextEncoder", "URL", "URLSearchParams"],
  ...["atob", "btoa", "structuredClone", "isNaN", "isFinite", "parseInt", "parseFloat"],
  ...["encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "Iterator"],
]);

const GLOBALS = {
  network: [
    "fetch",
    "Request",
    "Response",
    "Headers",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
  ],
  clock: ["performance"],
  timers: [
    ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval"],
    ...["clearImmediate", "queueMicrotask", "AbortSignal"],
  ],
  randomness: ["crypto"],
  threads: ["Worker", "SharedWorker", "MessageChannel", "Atomics", "BroadcastChannel"],
  node: ["process", "Buffer", "console", "global", "require", "module", "__dirname"],
  locale: ["Intl"],
  page: [
    ...["document", "window", "self", "location", "history", "navigator", "localStorage"],
    ...["sessionStorage", "Blob", "Image", "ResizeObserver", "XMLSerializer", "addEventListener"],
    ...["removeEventListener", "getComputedStyle", "HTMLElement", "SVGElement", "matchMedia"],
  ],
};

const MODULES = {
  files: ["fs", "fs/promises", "path", "stream", "stream/promises", "stream/consumers", "readline"],
  network: ["http", "https", "http2", "net", "tls", "dns", "dgram"],
  clock: ["perf_hooks"],
  timers: ["timers", "timers/promises"],
  randomness: ["crypto"],
  threads: ["worker_threads", "cluster"],
};

/** Libraries that do nothing but compute. `name/*` is every entry of a library. */
const INNOCENT_LIBRARIES = [
  ...[
    "zod",
    "immutable",
    "yaml",
    "csv-parse/sync",
    "cborg",
    "fzstd",
    "fflate",
    "hyparquet",
    "jose",
  ],
  ...["snappyjs", "protobufjs/*", "@rgrove/parse-xml", "@noble/curves/*", "@noble/hashes/*"],
  ...["@noble/post-quantum/*"],
];

const LIBRARIES = {
  files: ["chdb"],
  network: ["@clickhouse/client", "aws4fetch"],
  randomness: ["@hpke/core", "shamir-secret-sharing"],
  threads: ["piscina"],
  page: ["react", "react-dom/*", "@observablehq/plot"],
};

/** Functions of `Math` that IEEE 754 defines to the last bit, and constants. */
const EXACT_MATH = new Set([
  ...["abs", "ceil", "floor", "round", "trunc", "sign", "min", "max", "sqrt", "imul", "fround"],
  ...["clz32", "PI", "E", "LN2", "LN10", "LOG2E", "LOG10E", "SQRT2", "SQRT1_2"],
]);

/** Methods whose answer depends on the language or time zone of the machine, whatever they are called on. */
const LOCAL_METHOD =
  /^(?:localeCompare|toLocale\w*|(?:get|set)(?:Hours|Minutes|Day|Date|Month|FullYear)|getTimezoneOffset|toDateString|toTimeString)$/;

/** Parts of `Date` that ask no clock. */
const TIMELESS_DATE = new Set(["parse", "UTC", "prototype"]);

/**
 * The power that a global gives where it stands: `Math.max` gives none, `Math.random` gives randomness.
 *
 * @param {string} name of the global
 * @param {{type: string, [key: string]: any}[]} parents nodes around it, the innermost first
 * @returns {string | undefined} a kind of power; nothing for what only computes
 */
export function powerOfGlobal(name, [parent, grandparent]) {
  const taken = partsTaken(parent);
  const takesOnly = (parts) => taken.length > 0 && taken.every((part) => parts.has(part));
  if (name === "globalThis") {
    if (taken.length === 0) return "node";
    return taken.map((part) => powerOfGlobal(part, [grandparent ?? parent])).find(Boolean);
  }
  if (name === "Math") {
    if (taken.includes("random")) return "randomness";
    return takesOnly(EXACT_MATH) ? undefined : "rounding";
  }
  if (name === "Date") {
    if (parent.type === "NewExpression") return parent.arguments.length > 0 ? undefined : "clock";
    if (parent.type === "BinaryExpression" && parent.operator === "instanceof") return undefined;
    return takesOnly(TIMELESS_DATE) ? undefined : "clock";
  }
  return INNOCENT_GLOBALS.has(name) ? undefined : (kindIn(GLOBALS, name) ?? "unknown");
}

/**
 * The power that a module from outside the house gives.
 *
 * @param {string} specifier what is imported, such as `node:fs` or `zod`
 * @returns {string | undefined} a kind of power; nothing for what only computes
 */
export function powerOfModule(specifier) {
  if (specifier.startsWith("node:")) return kindIn(MODULES, specifier.slice(5)) ?? "node";
  if (isListed(INNOCENT_LIBRARIES, specifier)) return undefined;
  for (const [kind, names] of Object.entries(LIBRARIES))
    if (isListed(names, specifier)) return kind;
  return "unknown";
}

/**
 * The power that an expression gives by itself: `**`, a method that asks for the machine's language, what is loaded
 * under a name that is computed, the place of a file.
 *
 * @param {{type: string, [key: string]: any}} node
 * @returns {string | undefined}
 */
export function powerOfExpression(node) {
  if (node.operator === "**")
    return isBigInt(node.left) || isBigInt(node.right) ? undefined : "rounding";
  if (node.operator === "**=") return isBigInt(node.right) ? undefined : "rounding";
  if (node.type === "MemberExpression")
    return LOCAL_METHOD.test(memberOf(node) ?? "") ? "locale" : undefined;
  if (node.type === "ImportExpression") return node.source.type === "Literal" ? undefined : "node";
  return node.type === "MetaProperty" && node.meta.name === "import" ? "place" : undefined;
}

/** Integers of any length are raised exactly; JavaScript refuses to mix them with others. */
function isBigInt(node) {
  return node.type === "Literal" && typeof node.value === "bigint";
}

/** Names of the parts that are taken of an object: one by a member expression, several by a pattern. */
function partsTaken(parent) {
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "ObjectPattern")
    return [memberOf(parent)].filter((name) => name !== undefined);
  return parent.id.properties.map(({ key, computed }) => (computed ? "" : (key?.name ?? "")));
}

/** Name of the part that a member expression takes, if it can be read off. */
function memberOf(node) {
  if (node?.type !== "MemberExpression") return undefined;
  if (!node.computed) return node.property.name;
  return node.property.type === "Literal" ? String(node.property.value) : undefined;
}

function kindIn(table, name) {
  return Object.keys(table).find((kind) => table[kind].includes(name));
}

function isListed(names, specifier) {
  return names.some((name) =>
    name.endsWith("/*")
      ? specifier === name.slice(0, -2) || specifier.startsWith(name.slice(0, -1))
      : specifier === name,
  );
}
