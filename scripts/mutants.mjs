// `npm run mutants`: takes each rule of mutants/rules.mjs out in turn, in a copy of the project, runs the tests that are
// to notice, and shows the shortest that does. A rule that nobody misses fails the run. `-- --rule WORDS` takes only the
// rules whose name has these words.
import { rm } from "node:fs/promises";
import { copyProject } from "./mutants/copy.mjs";
import { mutate } from "./mutants/mutate.mjs";
import { RULES } from "./mutants/rules.mjs";
import { testsOf } from "./mutants/vitest.mjs";

const SHOWN = 600;

const at = process.argv.indexOf("--rule");
const wanted = at === -1 ? "" : (process.argv[at + 1] ?? "");
const rules = RULES.filter(({ rule }) => rule.includes(wanted));
if (rules.length === 0) {
  console.error(`Error: expected words of a rule's name, got "${wanted}"`);
  process.exit(2);
}

const copy = await copyProject();
try {
  const sound = testsOf(copy, [...new Set(rules.flatMap(({ tests }) => tests))]);
  const failing = sound.filter(({ passed }) => !passed);
  for (const { name } of failing) console.log(`FAILS ALREADY  ${name}`);
  const unheld = failing.length > 0 ? rules : rules.filter((rule) => !isHeld(rule));
  console.log(
    unheld.length === 0
      ? `Each of ${rules.length} rules is missed when it is taken out.`
      : `${unheld.length} of ${rules.length} rules are not held by the tests named for them.`,
  );
  process.exitCode = unheld.length === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true });
}

/** Whether a test fails without the rule; says which. */
function isHeld(rule) {
  const restore = mutate(copy, rule);
  try {
    const failed = testsOf(copy, rule.tests).filter(({ passed }) => !passed);
    const [shortest] = failed.sort((a, b) => a.milliseconds - b.milliseconds);
    console.log(`${shortest === undefined ? "NOT HELD" : "held    "}  ${rule.rule}`);
    if (shortest === undefined) return false;
    console.log(
      `          by ${shortest.name} (${shortest.milliseconds} ms, 1 of ${failed.length})`,
    );
    const shrunk = failed.map(({ counterexample }) => counterexample).filter(Boolean);
    const least = shrunk.sort((a, b) => a.length - b.length)[0];
    if (least !== undefined) console.log(`          with ${cut(least)}`);
    return true;
  } finally {
    restore();
  }
}

/** Even what is shrunk can be long where every input brings a whole agreement. */
function cut(text) {
  const short = text.replaceAll("__proto__:null,", "");
  return short.length <= SHOWN ? short : `${short.slice(0, SHOWN)} … (${short.length} characters)`;
}
