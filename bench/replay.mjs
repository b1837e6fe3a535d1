// How long the replay of 100,000 statements takes once their signatures are checked: marks, ballots, supports.
import { readFileSync } from "node:fs";
import { parseDraft, termsHash } from "@standstill/agreement";
import {
  decodeEntry,
  encodeEnvelope,
  formatVerifier,
  fromHex,
  noteVerifier,
  signersOf,
  signingKey,
  signStatement,
  toHex,
} from "@standstill/record";
import { emptyState, fold } from "@standstill/replay";

const STATEMENTS = 100_000;
const LIMIT_MS = 2000;

const made = new Map();
const keyOf = (holder) => {
  if (!made.has(holder)) made.set(holder, makeKey(holder));
  return made.get(holder);
};
const makeKey = (holder) => {
  const seed = new Uint8Array(32);
  new TextEncoder().encodeInto(holder, seed);
  return signingKey(seed);
};
const draft = parseDraft(
  readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8"),
);
const holders = [draft.keeper, ...draft.parties].map(({ id }) => id);
const terms = {
  ...draft,
  witnesses: [],
  witnessQuorum: 0,
  keys: holders.map((holder) => ({ holder, publicKey: toHex(keyOf(holder).publicKey) })),
  log: { vkey: formatVerifier(noteVerifier("log.example/bench", keyOf("log").publicKey)) },
  witnessKeys: [],
};
const agreement = termsHash(terms);
const sequences = new Map();
let clock = Date.parse("2026-06-04T12:00:00.000Z");

function said(issuer, type, body) {
  const sequence = sequences.get(issuer) ?? 0;
  sequences.set(issuer, sequence + 1);
  const issuedAt = new Date(clock).toISOString();
  const statement = { type, version: 1, agreement, issuer, sequence, issuedAt, body };
  return encodeEnvelope(signStatement(statement, keyOf(issuer)).envelope);
}

const keeper = draft.keeper.id;
const parties = draft.parties.map(({ id }) => id);
const entries = [
  said(keeper, "agreement/propose", { terms }),
  ...parties.map((party) => said(party, "agreement/adopt", { terms: agreement })),
  ...parties.map((party, i) =>
    said(party, "pledge/make", {
      mode: "cap",
      while: {
        all: [
          { bound: parties[(i + 1) % parties.length], mode: "cap" },
          { clear: parties[(i + 1) % parties.length] },
          { held: { not: { tripped: "article-4" } }, withinDays: 30 },
        ],
      },
      graceDays: 30,
    }),
  ),
  said(keeper, "vote/open", { question: "lift", about: "Whether to lift." }),
];
console.error(`signing ${STATEMENTS} statements`);
for (let i = entries.length; i < STATEMENTS; i++) {
  const party = parties[i % parties.length];
  if (i % 10 === 0) {
    clock += 60_000;
    entries.push(said(keeper, "time/mark", { time: new Date(clock).toISOString() }));
  } else if (i % 3 === 0) {
    const letter = "00".repeat(32);
    const commitment = i.toString(16).padStart(64, "0");
    entries.push(said(party, "support/sign", { letter, commitment, verified: "e-mail" }));
  } else {
    const ballot = i % 2 === 0 ? "yes" : "no";
    entries.push(said(party, "vote/cast", { question: "lift", ballot }));
  }
}

// As a replay does it: one entry after the other, nothing kept but the state.
const keys = new Map(terms.keys.map(({ holder, publicKey }) => [holder, [fromHex(publicKey)]]));
let state = emptyState;
let [decoding, signatures, folding] = [0n, 0n, 0n];
for (const entry of entries) {
  const start = process.hrtime.bigint();
  const signed = decodeEntry(entry);
  const decoded = process.hrtime.bigint();
  const signers = signersOf(signed.envelope, keys.get(signed.statement.issuer));
  if (signers.length !== 1) throw new Error("expected one signature");
  const checked = process.hrtime.bigint();
  state = fold(state, signed, "checked");
  const folded = process.hrtime.bigint();
  decoding += decoded - start;
  signatures += checked - decoded;
  folding += folded - checked;
}
const line = (what, nanoseconds) =>
  console.log(`${what.padEnd(34)} ${(Number(nanoseconds) / 1e6).toFixed(0).padStart(6)} ms`);
const { size, faults, agreement: end } = state;
console.log(
  `${size} statements, ${faults.size} of them inadmissible, ${end.coalition.bound.size} parties bound`,
);
line("decoding, canonical form checked", decoding);
line("signatures", signatures);
line("admission and fold after that", folding);
console.log(`${(Number(folding) / 1e6 / LIMIT_MS).toFixed(2)} of the ${LIMIT_MS} ms asked for`);
