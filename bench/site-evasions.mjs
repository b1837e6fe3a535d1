// What the checks of readings find of each evasion, at several sizes, and which check finds it.
// node bench/site-evasions.mjs [sites] [nodes] [windows]
import { randomFrom } from "@standstill/statistics";
import { accountOf, runChecks } from "@standstill/verification";
import { honestSite, siteEvasions } from "@standstill/verification/play";
import { terms } from "./site-terms.mjs";

const [sites, nodes, windows] = [10, 8, 4320].map((usual, i) =>
  Number(process.argv[i + 2] ?? usual),
);
const SIZES = [0.005, 0.02, 0.1, 0.5, 1];
const options = { nodes, windows, windowMs: 60_000, terms };

/** Ids of the checks that have a finding. */
function finders(subject) {
  return new Set(runChecks(subject, accountOf(subject)).findings.map(({ check }) => check));
}

const honest = Array.from({ length: sites }, (_, i) => honestSite(`bench ${i}`, options));
console.log(
  `| evasion | ${SIZES.map((size) => `${size * 100} %`).join(" | ")} | checks that find it |`,
);
console.log(`| --- | ${SIZES.map(() => "---").join(" | ")} | --- |`);
for (const evasion of siteEvasions) {
  const by = new Map();
  let committed = 0;
  const cells = SIZES.map((size) => {
    let [seen, all] = [0, 0];
    for (const [i, site] of honest.entries()) {
      const random = randomFrom(`${evasion.id} ${size} ${i}`);
      const cheat = evasion.commit(site, random, size);
      if (cheat === undefined) continue;
      all++;
      committed++;
      const found = finders(cheat.subject);
      if (found.size > 0) seen++;
      for (const check of found) by.set(check, (by.get(check) ?? 0) + 1);
    }
    return all === 0 ? "" : `${seen}/${all}`;
  });
  const checks = [...by].sort((a, b) => b[1] - a[1]).map(([id, n]) => `${id} ${n}/${committed}`);
  console.log(`| ${evasion.id} | ${cells.join(" | ")} | ${checks.join(", ")} |`);
}
