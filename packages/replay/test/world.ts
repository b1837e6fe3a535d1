import { readFileSync } from "node:fs";
import { parseDraft, type Terms, termsHash } from "@standstill/agreement";
import {
  DRAFT,
  encodeBundle,
  encodeEnvelope,
  formatVerifier,
  type Json,
  MerkleTree,
  noteVerifier,
  type RecordSource,
  type SigningKey,
  type Statement,
  signCheckpoint,
  signingKey,
  signStatement,
  tileHashes,
  tilePath,
  tilesOfSize,
  toHex,
} from "@standstill/record";

const { marks: _, ...draft } = parseDraft(
  readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8"),
);

/** A key that is the same in every run. */
export function keyOf(holder: string): SigningKey {
  const seed = new Uint8Array(32);
  new TextEncoder().encodeInto(holder.slice(0, 32), seed);
  return signingKey(seed);
}

/** The key of the test's log. */
export const logKey = keyOf("log");
/** Its verifier. */
export const log = noteVerifier("log.example/world", logKey.publicKey);

/** The example's terms with test keys, no witnesses, no rule for marks, and two whose measurements of others count. */
export const terms: Terms = {
  ...draft,
  yardsticks: { reporters: ["borealis", "cedar"] },
  witnesses: [],
  witnessQuorum: 0,
  keys: [
    ...[draft.keeper, ...draft.parties].map(({ id }) => ({
      holder: id,
      publicKey: toHex(keyOf(id).publicKey),
    })),
    ...(draft.roles ?? []).flatMap(({ id, holders }) =>
      holders.map((organisation) => ({
        holder: id,
        publicKey: toHex(keyOf(`${id}.${organisation}`).publicKey),
        organisation,
      })),
    ),
  ],
  log: { vkey: formatVerifier(log) },
  witnessKeys: [],
};

/** A statement with sensible defaults. */
export function statementOf(
  issuer: string,
  type: string,
  sequence: number,
  body: unknown,
  more: Partial<Statement> = {},
): Statement {
  return {
    type,
    version: DRAFT,
    agreement: termsHash(terms),
    issuer,
    sequence,
    issuedAt: "2026-06-04T12:00:00.000Z",
    body: body as { [key: string]: Json },
    ...more,
  };
}

/** A statement signed by its issuer, or by somebody else. */
export function said(
  issuer: string,
  type: string,
  sequence: number,
  body: unknown,
  more: Partial<Statement> = {},
  signer = issuer,
) {
  return signStatement(statementOf(issuer, type, sequence, body, more), keyOf(signer));
}

/** Propose, and all adopt: the first six entries of every test record. */
export const opening = [
  said(terms.keeper.id, "agreement/propose", 0, { terms }),
  ...terms.parties.map(({ id }) => said(id, "agreement/adopt", 0, { terms: termsHash(terms) })),
];

/** Entries of the log for signed statements. */
export function entriesOf(
  signed: readonly { readonly envelope: Parameters<typeof encodeEnvelope>[0] }[],
): Uint8Array[] {
  return signed.map(({ envelope }) => encodeEnvelope(envelope));
}

/** A record in memory, as its keeper would publish it. */
export function recordOf(
  entries: readonly Uint8Array[],
  key = logKey,
  verifier = log,
): Map<string, Uint8Array> {
  const tree = new MerkleTree();
  for (const entry of entries) tree.append(entry);
  const files = new Map<string, Uint8Array>();
  for (const tile of tilesOfSize(entries.length)) {
    const first = tile.index * 256;
    files.set(
      tilePath(tile),
      tile.level === "entries"
        ? encodeBundle(entries.slice(first, first + tile.width))
        : tileHashes(tree, tile),
    );
  }
  const checkpoint = { origin: verifier.name, size: entries.length, root: tree.root() };
  return files.set("checkpoint", signCheckpoint(checkpoint, verifier, key));
}

/** Files in memory as a source. */
export function sourceOf(files: ReadonlyMap<string, Uint8Array>): RecordSource {
  return { read: async (path) => files.get(path), list: async () => [...files.keys()].sort() };
}
