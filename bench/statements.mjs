// A record of the example's agreement, as long as it is asked for: every statement signed and admissible.
import { readFileSync } from "node:fs";
import { parseDraft, termsHash } from "@standstill/agreement";
import {
  DRAFT,
  encodeEnvelope,
  formatVerifier,
  noteVerifier,
  signingKey,
  signStatement,
  toHex,
} from "@standstill/record";

const made = new Map();
export const keyOf = (holder) => {
  if (!made.has(holder)) made.set(holder, makeKey(holder));
  return made.get(holder);
};
const makeKey = (holder) => {
  const seed = new Uint8Array(32);
  new TextEncoder().encodeInto(holder, seed);
  return signingKey(seed);
};
const { marks: _, ...draft } = parseDraft(
  readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8"),
);
const holders = [draft.keeper, ...draft.parties].map(({ id }) => id);
export const logVerifier = noteVerifier("log.example/bench", keyOf("log").publicKey);
export const terms = {
  ...draft,
  witnesses: [],
  witnessQuorum: 0,
  keys: holders.map((holder) => ({ holder, publicKey: toHex(keyOf(holder).publicKey) })),
  log: { vkey: formatVerifier(logVerifier) },
  witnessKeys: [],
};
const agreement = termsHash(terms);
const sequences = new Map();
let clock = Date.parse("2026-06-04T12:00:00.000Z");

function said(issuer, type, body) {
  const sequence = sequences.get(issuer) ?? 0;
  sequences.set(issuer, sequence + 1);
  const issuedAt = new Date(clock).toISOString();
  const statement = { type, version: DRAFT, agreement, issuer, sequence, issuedAt, body };
  return encodeEnvelope(signStatement(statement, keyOf(issuer)).envelope);
}

const keeper = draft.keeper.id;
const parties = draft.parties.map(({ id }) => id);
/** Terms, adoptions and pledges: what every record here begins with, as envelopes. */
export function opening() {
  return [
    said(keeper, "agreement/propose", { terms }),
    ...parties.map((party) => said(party, "agreement/adopt", { terms: agreement })),
    ...parties.map((party, i) =>
      said(party, "pledge/make", {
        mode: "cap",
        while: {
          kind: "all",
          of: [
            { kind: "bound", party: parties[(i + 1) % parties.length], mode: "cap" },
            { kind: "clear", party: parties[(i + 1) % parties.length] },
            {
              kind: "held",
              that: { kind: "not", that: { kind: "tripped", tripwire: "article-4" } },
              withinDays: 30,
            },
          ],
        },
        graceDays: 30,
      }),
    ),
    said(keeper, "vote/open", { question: "lift", about: "Whether to lift." }),
  ];
}

/** What comes after the opening: marks, ballots, supports; `count` envelopes as bytes. */
export function* statements(count) {
  for (let i = 0; i < count; i++) {
    const party = parties[i % parties.length];
    if (i % 10 === 0) {
      clock += 60_000;
      yield said(keeper, "time/mark", { time: new Date(clock).toISOString() });
    } else if (i % 3 === 0) {
      const letter = "00".repeat(32);
      const commitment = i.toString(16).padStart(64, "0");
      yield said(party, "support/sign", { letter, commitment, verified: "e-mail" });
    } else {
      const ballot = i % 2 === 0 ? "yes" : "no";
      yield said(party, "vote/cast", { question: "lift", ballot });
    }
  }
}
