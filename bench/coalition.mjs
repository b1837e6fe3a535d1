// How long one event takes to settle who is bound: 10,000 parties, conditions of 20 terms.
import { greatestFixedPoint } from "@standstill/agreement";

const PARTIES = 10_000;
const TERMS = 20;
const ROUNDS = 15;
const LIMIT_MS = 100;

const name = (i) => `p${i % PARTIES}`;
const terms = (make) => Array.from({ length: TERMS }, (_, k) => make(k));
const bound = (i) => ({ bound: name(i), mode: "cap" });
const pledges = (condition) =>
  new Map(
    Array.from({ length: PARTIES }, (_, i) => [
      name(i),
      { mode: "cap", while: condition(i), index: i },
    ]),
  );

const ring = (i) => ({ all: terms((k) => bound(i + k + 1)) });
const scattered = (i) => ({ atLeast: TERMS / 2, of: terms((k) => bound(i * 31 + k * 977)) });
/** Each waits for the one before it; the other nineteen terms ask that the first has no finding, but for itself. */
const chain = (i) =>
  i === 0
    ? { clear: name(0) }
    : {
        all: [
          bound(i - 1),
          ...terms((k) => ({ clear: name(1 + ((i + k) % (PARTIES - 1))) })).slice(1),
        ],
      };

function measure(what, all, accused) {
  const times = [];
  let left = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    left = greatestFixedPoint(all, accused).size;
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  const ratio = (median / LIMIT_MS).toFixed(2);
  console.log(
    `${what.padEnd(44)} ${median.toFixed(1).padStart(6)} ms, ${ratio} of the ${LIMIT_MS} ms asked for; ${left} bound`,
  );
}

measure("all bound, each by twenty neighbours", pledges(ring), new Set());
measure("all bound, each by ten of twenty far apart", pledges(scattered), new Set());
measure("a chain in which one drops per round", pledges(chain), new Set([name(0)]));
measure(
  "one finding takes a whole ring down",
  pledges((i) => ({ all: [...ring(i).all.slice(1), { clear: name(i + 1) }] })),
  new Set([name(5)]),
);
