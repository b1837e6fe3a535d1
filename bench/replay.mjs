// How long the replay of 100,000 statements takes once their signatures are checked: marks, ballots, supports.
import { decodeEntry, fromHex, signersOf } from "@standstill/record";
import { emptyState, fold } from "@standstill/replay";
import { opening, statements, terms } from "./statements.mjs";

const STATEMENTS = 100_000;
const LIMIT_MS = 2000;

console.error(`signing ${STATEMENTS} statements`);
const first = opening();
const entries = [...first, ...statements(STATEMENTS - first.length)];

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
