// How long one event takes to settle who is bound: 10,000 parties, conditions of 20 terms.
import { advance, emptyCoalition, noFacts, settle } from "@standstill/agreement";

const PARTIES = 10_000;
const TERMS = 20;
const ROUNDS = 15;
const LIMIT_MS = 100;

const name = (i) => `p${i % PARTIES}`;
const names = Array.from({ length: PARTIES }, (_, i) => name(i));
const terms = (make) => Array.from({ length: TERMS }, (_, k) => make(k));
const bound = (i) => ({ kind: "bound", party: name(i), mode: "cap" });
const pledges = (condition) =>
  new Map(names.map((party, i) => [party, { mode: "cap", while: condition(i) }]));
const roll = {
  counted: new Set(names),
  parties: new Set(names),
  groups: new Map(),
  weights: new Map([["flop", { total: 60_000n, of: new Map(names.map((one) => [one, 5n])) }]]),
};
const anomalous = (party) => ({
  ...noFacts,
  verdicts: new Map([[party, { verdict: "anomalous", assurance: [] }]]),
});

const ring = (i) => ({ kind: "all", of: terms((k) => bound(i + k + 1)) });
const scattered = (i) => ({
  kind: "at-least",
  number: TERMS / 2,
  of: terms((k) => bound(i * 31 + k * 977)),
});
/** Each waits for the one before it; the other nineteen terms ask that the first has no finding, but for itself. */
const chain = (i) =>
  i === 0
    ? { kind: "clear", party: name(0) }
    : {
        kind: "all",
        of: [
          bound(i - 1),
          ...terms((k) => ({ kind: "clear", party: name(1 + ((i + k) % (PARTIES - 1))) })).slice(1),
        ],
      };
/** Everybody asks for most of all others, by number and by weight. */
const most = () => ({
  kind: "all",
  of: [
    { kind: "count", atLeast: 9_990 },
    { kind: "share", atLeast: "0.80", weights: "flop" },
    ...terms((k) => bound(k)).slice(2),
  ],
});

function report(what, times, left) {
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const ratio = (median / LIMIT_MS).toFixed(2);
  console.log(
    `${what.padEnd(52)} ${median.toFixed(1).padStart(6)} ms, ${ratio} of the ${LIMIT_MS} ms asked for; ${left} bound`,
  );
}

function timed(work) {
  const times = [];
  let result;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    result = work();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return { times, result };
}

function measure(what, all, facts) {
  const { times, result } = timed(() => settle(all, { at: 0, facts, roll, held: new Map() }));
  report(what, times, result.bound.size);
}

measure("all bound, each by twenty neighbours", pledges(ring), noFacts);
measure("all bound, each by ten of twenty far apart", pledges(scattered), noFacts);
measure("all bound, each by a count and a share of all", pledges(most), noFacts);
measure("a chain in which one drops per round", pledges(chain), anomalous(name(0)));
measure(
  "one finding takes a whole ring down",
  pledges((i) => ({
    kind: "all",
    of: [...ring(i).of.slice(1), { kind: "clear", party: name(i + 1) }],
  })),
  anomalous(name(5)),
);

// A whole event of the record: time, grace, calls, history and what is to come as well.
const rules = {
  roll,
  entry: {
    condition: { kind: "count", atLeast: 2 },
    delayMs: 0,
    notBefore: undefined,
    latches: false,
    askedAgain: false,
    laterJoiners: { after: "entry", delayMs: 0 },
  },
  withdrawal: { noticeMs: 0, notBeforeMs: 0, heldBackWhile: undefined },
  duration: { endsAt: undefined, lengthMs: undefined, extension: undefined },
  triggers: [],
  lift: undefined,
};
const acts = [...pledges(chain)].map(([party, one]) => ({
  act: "pledge",
  party,
  pledge: { ...one, graceMs: 0, noticeMs: 0 },
}));
const started = advance(rules, emptyCoalition, { at: 0, acts });
for (const [what, facts] of [
  ["one event that changes nothing", anomalous("nobody")],
  ["one event that breaks the chain, with its history", anomalous(name(0))],
]) {
  const { times, result } = timed(() => advance(rules, started, { at: 1, acts: [], facts }));
  report(what, times, result.bound.size);
}
