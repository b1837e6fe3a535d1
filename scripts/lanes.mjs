// The lanes of tests in one table: what each runs, within which time, with which programs of others. vitest.config.ts,
// test.mjs and ci.mjs read it; docs/testing.md explains it.

/**
 * @typedef {object} Lane
 * @property {string} command what a person types
 * @property {number} minutes budget of time on two cores, set-up included
 * @property {readonly string[]} suffixes ends of the names of the files that it runs
 * @property {number} scale what the counts of properties and of made-up sites are multiplied with
 * @property {readonly string[]} programs of others, from `setup/test-tools.mjs`, that it fetches first
 * @property {string} from where those programs come
 */

/**
 * `long` is run by hand before a version, on a machine that has the time.
 *
 * @type {Readonly<Record<"test" | "slow" | "wire" | "long", Lane>>}
 */
export const LANES = {
  test: {
    command: "npm test",
    minutes: 10,
    suffixes: [".test.ts"],
    scale: 1,
    programs: ["browser", "feeds", "nodes"],
    from: "Debian; two versions of Node from npm",
  },
  slow: {
    command: "npm run test:slow",
    minutes: 15,
    suffixes: [".slow.ts"],
    scale: 1,
    programs: [],
    from: "none",
  },
  wire: {
    command: "npm run test:wire",
    minutes: 12,
    suffixes: [".wire.ts"],
    scale: 1,
    programs: ["go", "python"],
    from: "Go modules and PyPI, with Debian's Go and Python",
  },
  long: {
    command: "npm run test:long",
    minutes: 150,
    suffixes: [".slow.ts", ".long.ts"],
    scale: 40,
    programs: ["python", "kubernetes"],
    from: "Go modules and PyPI, with Debian's Go and Python",
  },
};

/** Lanes that a change must pass, in the order in which they run. */
export const LANES_OF_A_CHANGE = ["test", "slow", "wire"];

/** @returns {"test" | "slow" | "wire" | "long"} the lane that the environment names, or the first */
export function laneAsked(environment = process.env) {
  const name = environment.STANDSTILL_LANE ?? "test";
  if (Object.hasOwn(LANES, name)) return name;
  throw new Error(`expected a lane of ${Object.keys(LANES).join(", ")}, got ${name}`);
}

/**
 * What counts are multiplied with: the lane's scale, in proportion to its time if the environment gives it another.
 *
 * @returns {number}
 */
export function scaleAsked(environment = process.env) {
  const { scale, minutes } = LANES[laneAsked(environment)];
  const given = Number(environment.STANDSTILL_MINUTES ?? minutes);
  if (given > 0) return (scale * given) / minutes;
  throw new RangeError(
    `expected STANDSTILL_MINUTES above 0, got ${environment.STANDSTILL_MINUTES}`,
  );
}
