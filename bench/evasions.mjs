// What the checks of activity logs find: each evasion at several sizes, and which check alone finds it.
// node bench/evasions.mjs [logs for each size]
import { readActivityTable } from "@standstill/evidence/activity";
import { randomFrom } from "@standstill/statistics";
import { judgeActivity } from "@standstill/verification/logs";
import { activityEvasions, honestActivity, logText } from "@standstill/verification/play";

const LOGS = Number(process.argv[2] ?? 20);
const SIZES = [0.005, 0.02, 0.1, 0.5, 1];
const rows = [
  [
    "evasion",
    ...SIZES.map((size) => `${size * 100} %`),
    "checks that find it, and in how many of the logs",
  ],
];
let tried = 0;
for (const { id, commit, edit } of activityEvasions) {
  const cells = [];
  const by = new Map();
  let all = 0;
  for (const size of SIZES) {
    let [found, room] = [0, 0];
    for (let i = 0; i < LOGS; i++) {
      const random = randomFrom(`${id} ${size} ${i}`);
      const cheat = commit(honestActivity(`log ${i}`, { devices: 8, minutes: 240 }), random, size);
      if (cheat === undefined) continue;
      const text = logText(cheat.records, true);
      const content = edit === undefined ? text : edit(text, random);
      const { findings } = judgeActivity(
        readActivityTable([{ name: "log", content }]),
        cheat.terms,
      );
      room++;
      if (findings.length > 0) found++;
      for (const check of new Set(findings.map((finding) => finding.check)))
        by.set(check, (by.get(check) ?? 0) + 1);
    }
    tried += room;
    all += room;
    cells.push(`${found}/${room}`);
  }
  const checks = [...by]
    .sort((a, b) => b[1] - a[1])
    .map(([check, count]) => `${check} ${count}/${all}`);
  rows.push([id, ...cells, checks.join(", ")]);
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
console.log(line(rows[0]));
console.log(`| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
for (const row of rows.slice(1)) console.log(line(row));
let accused = 0;
const HONEST = LOGS * 50;
for (let i = 0; i < HONEST; i++) {
  const { records, terms } = honestActivity(`honest ${i}`, { devices: 8, minutes: 240 });
  const table = readActivityTable([{ name: "log", content: logText(records, false) }]);
  if (judgeActivity(table, terms).findings.length > 0) accused++;
}
console.log(`\n${tried} logs with evasions; ${accused} of ${HONEST} honest logs accused`);
