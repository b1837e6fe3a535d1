// Takes a rule out of a copy of the project.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Replaces the text of a rule.
 *
 * @param {string} directory of the copy
 * @param {import("./rules.mjs").Rule} rule
 * @returns {() => void} puts it back
 * @throws {Error} unless the text stands in the file exactly once
 */
export function mutate(directory, { file, text, instead }) {
  const path = join(directory, file);
  const whole = readFileSync(path, "utf8");
  if (placesOf(whole, text) !== 1) throw new Error(misplaced({ file, text }));
  writeFileSync(
    path,
    whole.replace(text, () => instead),
  );
  return () => writeFileSync(path, whole);
}

/** Rules whose text no longer stands where the list says, a sentence each. */
export function misplacedRules(directory, rules) {
  return rules.flatMap(({ file, text, tests }) => {
    const lost = [file, ...tests].filter((path) => read(directory, path) === undefined);
    if (lost.length > 0)
      return lost.map((path) => `${path} is not there; mend scripts/mutants/rules.mjs`);
    return placesOf(read(directory, file), text) === 1 ? [] : [misplaced({ file, text })];
  });
}

function misplaced({ file, text }) {
  return `expected once in ${file}: ${JSON.stringify(text)}; mend scripts/mutants/rules.mjs`;
}

function placesOf(whole, text) {
  return whole.split(text).length - 1;
}

function read(directory, path) {
  try {
    return readFileSync(join(directory, path), "utf8");
  } catch {
    // Whoever asks wants to know that it is not there, whatever the reason.
    return undefined;
  }
}
