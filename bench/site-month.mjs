// How long all checks of a site's month take, of power alone and with counters: 512 devices, windows of a minute, 22 million of them
// for each quantity; and whether they are linear in devices. node bench/site-month.mjs
import { accountOf, checks, runChecks } from "@standstill/verification";
import { honestSite } from "@standstill/verification/play";
import { terms } from "./site-terms.mjs";

const WINDOWS = 30 * 1440;
const GOAL_SECONDS = 5;

/** Median of three rounds in s. */
function secondsOf(subject) {
  const times = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    runChecks(subject, accountOf(subject));
    times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b)[1];
}

const medians = { power: [], counters: [] };
for (const devices of [128, 256, 512]) {
  const made = honestSite("month", { nodes: devices, windows: WINDOWS, windowMs: 60_000, terms });
  const { subject } = made;
  const alone = { ...subject, evidence: { ...subject.evidence, counters: [] } };
  medians.power.push(secondsOf(alone));
  medians.counters.push(secondsOf(subject));
  const million = ((devices * WINDOWS) / 1e6).toFixed(1);
  console.log(
    `${devices} devices, ${million} M windows: account and all checks in ${medians.power.at(-1).toFixed(2)} s from power alone, ${medians.counters.at(-1).toFixed(2)} s with four counters`,
  );
  if (devices < 512) continue;
  const account = accountOf(subject);
  // Checks of one duty look at what was declared, which here is little.
  for (const check of checks.filter((one) => one.of === "evidence")) {
    const start = performance.now();
    check.run(subject, account);
    console.log(`  ${check.id}: ${((performance.now() - start) / 1000).toFixed(2)} s`);
  }
}
for (const [name, [, half, whole]] of Object.entries(medians)) {
  console.log(
    `${name}: ${(whole / GOAL_SECONDS).toFixed(2)} of the ${GOAL_SECONDS} s asked for 512 devices; twice the devices take ${(whole / half).toFixed(2)} times as long`,
  );
}
