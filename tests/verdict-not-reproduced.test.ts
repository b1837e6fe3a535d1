import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { audit } from "@standstill/audit";
import {
  concatBytes,
  cosign,
  decodeEntry,
  encodeBundle,
  encodeEnvelope,
  formatCheckpoint,
  fromHex,
  MerkleTree,
  openLog,
  parsePolicy,
  readEntries,
  type SigningKey,
  signCheckpoint,
  signingKey,
  signStatement,
  textOf,
  tileHashes,
  tilePath,
  tilesOfSize,
  utf8,
} from "@standstill/record";
import { expect, inject, it } from "vitest";
import { filesOf, sourceOf } from "./support/files.ts";

const directory = inject("exampleDirectory");

async function keyOf(holder: string): Promise<SigningKey> {
  const text = await readFile(join(directory, "keys", `${holder}.seed`), "utf8");
  return signingKey(fromHex(text.trim()));
}

it("a verdict that the evidence does not give is found, even where keeper and witnesses collude", async () => {
  const files = await filesOf(join(directory, "record"));
  const policy = parsePolicy(await readFile(join(directory, "policy"), "utf8"));
  const [log] = policy.logs;
  if (log === undefined) throw new Error("expected a log in the policy");
  const entries = await readEntries((await openLog(sourceOf(files), [log])).tree);
  const index = entries.findLastIndex(
    (entry) => decodeEntry(entry).statement.type === "verdict/publish",
  );
  const { statement } = decodeEntry(entries[index] as Uint8Array);
  const lie = signStatement(
    { ...statement, body: { ...statement.body, verdict: "verified" } },
    await keyOf(statement.issuer),
  );
  const lied = entries.map((entry, i) => (i === index ? encodeEnvelope(lie.envelope) : entry));

  const tree = new MerkleTree();
  const cosigned = async () => {
    const checkpoint = { origin: log.name, size: tree.size, root: tree.root() };
    const text = formatCheckpoint(checkpoint);
    const lines = await Promise.all(
      [...policy.witnesses].map(async ([name, verifier]) =>
        utf8(cosign(text, verifier.name, await keyOf(name), Math.floor(Date.now() / 1000))),
      ),
    );
    return concatBytes(signCheckpoint(checkpoint, log, await keyOf("log")), ...lines);
  };
  for (const [i, entry] of lied.entries()) {
    const { statement: said } = decodeEntry(entry);
    // A mark after the lie carries a checkpoint over it, which the witnesses cosign anew.
    if (i > index && "checkpoint" in said.body) {
      const body = { ...said.body, checkpoint: textOf(await cosigned()) };
      const mark = signStatement({ ...said, body }, await keyOf(said.issuer));
      lied[i] = encodeEnvelope(mark.envelope);
    }
    tree.append(lied[i] as Uint8Array);
  }
  for (const path of [...files.keys()]) if (path.startsWith("tile/")) files.delete(path);
  for (const tile of tilesOfSize(lied.length)) {
    files.set(
      tilePath(tile),
      tile.level === "entries" ? encodeBundle(lied) : tileHashes(tree, tile),
    );
  }
  files.set("checkpoint", await cosigned());

  expect(await audit(sourceOf(files), { policy })).toMatchObject({
    outcome: "verdict-not-reproduced",
    place: `entry ${index}`,
  });
});
