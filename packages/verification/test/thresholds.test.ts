import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const src = new URL("../src/", import.meta.url);

/** Source files of what decides: checks, accounts, and what they share; sites and logs alike. */
function deciding(): string[] {
  const all = readdirSync(src, { recursive: true, encoding: "utf8" });
  const elsewhere = /^(?:play|logs\/play|offline|methods|location|words|on-record)\//;
  return all.filter((name) => name.endsWith(".ts") && !elsewhere.test(name));
}

// How much is said, and how long anything may take: more of these finds nothing more. Physical constants of the Earth are in location/.
const OF_EFFORT = new Set([
  ...["MOST_TOLD", "MOST_TEXT", "MOST_NUMBERS", "MOST_OF_A_NUMBER", "MOST_PIECES", "MOST_RUNS"],
  ...["MOST_NAMED", "MOST_RECORDS", "MOST_FINDINGS", "MOST_STRETCHES", "MOST_STEPS"],
  // The probability with which a balance would show what it calls noticeable.
  "DETECTION",
  // Marks of windows, the largest amount that two columns hold, a share that keeps a covariance from being nothing at all.
  ...["UNCOVERED", "SHARED", "SILENT", "MOST_STATED", "LEAST_OWN", "PARAMETERS"],
]);

it("a figure that decides an accusation stands in the terms or in the method, and nowhere else", () => {
  const elsewhere = deciding().flatMap((name) =>
    [
      ...readFileSync(new URL(name, src), "utf8").matchAll(
        /^(?:export )?const ([A-Z_]+)(?::[^=]+)? = -?[0-9]/gm,
      ),
    ]
      .map(([, constant]) => `${name}: ${constant}`)
      .filter((one) => !OF_EFFORT.has(one.split(": ")[1] ?? "")),
  );
  expect(elsewhere).toEqual([]);
});
