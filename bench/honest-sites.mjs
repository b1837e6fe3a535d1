// How often made-up honest sites are accused, beside what their agreement allows.
// node bench/honest-sites.mjs [sites] [nodes] [windows of a minute]
import { accountOf, runChecks } from "@standstill/verification";
import { honestSite } from "@standstill/verification/play";
import { terms } from "./site-terms.mjs";

const [sites, nodes, windows] = [100, 8, 43_200].map((usual, i) =>
  Number(process.argv[i + 2] ?? usual),
);
let accused = 0;
for (let i = 0; i < sites; i++) {
  const { subject } = honestSite(`honest ${i}`, { nodes, windows, windowMs: 60_000, terms });
  const { findings } = runChecks(subject, accountOf(subject));
  if (findings.length === 0) continue;
  accused++;
  console.log(`${i}: ${findings.map(({ check, detail }) => `${check}: ${detail}`).join("; ")}`);
}
const share = Number(terms.goals.falseAlarmRate) / terms.parties.length;
console.log(
  `${accused} of ${sites} sites of ${nodes} nodes and ${windows} windows accused; the agreement allows ${(sites * share).toFixed(0)} of them`,
);
