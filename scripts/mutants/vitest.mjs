// Runs tests of a copy of the project and says how each went.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} directory of the copy
 * @param {readonly string[]} files of tests
 * @returns {{name: string, passed: boolean, milliseconds: number, counterexample: string | undefined}[]}
 * @throws {Error} if a file could not be loaded: what does not run is no answer
 */
export function testsOf(directory, files) {
  const report = join(directory, "report.json");
  rmSync(report, { force: true });
  const vitest = join(directory, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--reporter=json", `--outputFile=${report}`, ...files];
  const env = { ...process.env, STANDSTILL_LANE: "test", STANDSTILL_SEED: "1" };
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    env,
    encoding: "utf8",
  });
  const suites = readReport(report, `${stdout}${stderr}`).testResults;
  return suites.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0) throw new Error(`${name} could not be run: ${message}`);
    return assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map(({ fullName, status, duration, failureMessages }) => ({
        name: fullName,
        passed: status === "passed",
        milliseconds: Math.round(duration ?? 0),
        counterexample: /^Counterexample: (.*)$/m.exec(failureMessages.join("\n"))?.[1],
      }));
  });
}

function readReport(path, told) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`expected a report of vitest, got none: ${told.slice(-2000)}`, { cause });
  }
}
