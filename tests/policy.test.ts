import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "@standstill/audit";
import {
  concatBytes,
  cosign,
  encodeBundle,
  formatCheckpoint,
  fromHex,
  generateSigningKey,
  MerkleTree,
  type NoteVerifier,
  noteVerifier,
  openLog,
  parsePolicy,
  readEntries,
  type SigningKey,
  signCheckpoint,
  signingKey,
  tileHashes,
  tilePath,
  tilesOfSize,
  utf8,
} from "@standstill/record";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { filesOf, sourceOf } from "./support/files.ts";
import { standstill } from "./support/standstill.ts";

const example = inject("exampleDirectory");
const policy = parsePolicy(await readFile(join(example, "policy"), "utf8"));
const [log] = policy.logs as [NoteVerifier];
const files = await filesOf(join(example, "record"));
const entries = await readEntries((await openLog(sourceOf(files), [log])).tree);
const blobs = new Map([...files].filter(([path]) => path.startsWith("blob/")));

async function keyOf(holder: string): Promise<SigningKey> {
  return signingKey(
    fromHex((await readFile(join(example, "keys", `${holder}.seed`), "utf8")).trim()),
  );
}

/** The first `size` entries of the example, signed by a log key and any witnesses. */
function record(
  size: number,
  verifier: NoteVerifier,
  key: SigningKey,
  witnesses: readonly [NoteVerifier, SigningKey][],
) {
  const kept = entries.slice(0, size);
  const tree = new MerkleTree();
  for (const entry of kept) tree.append(entry);
  const made = new Map(blobs);
  for (const tile of tilesOfSize(size)) {
    made.set(
      tilePath(tile),
      tile.level === "entries" ? encodeBundle(kept) : tileHashes(tree, tile),
    );
  }
  const checkpoint = { origin: verifier.name, size, root: tree.root() };
  const lines = witnesses.map(([w, k]) =>
    utf8(cosign(formatCheckpoint(checkpoint), w.name, k, 1_800_000_000)),
  );
  return made.set("checkpoint", concatBytes(signCheckpoint(checkpoint, verifier, key), ...lines));
}

describe("against a policy", () => {
  it("a record that its keeper truncated fails, because no witness cosigns a smaller tree", async () => {
    const truncated = record(entries.length - 1, log, await keyOf("log"), []);
    expect(await audit(sourceOf(truncated), { policy })).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
  });

  it("one bribed witness of three is no quorum", async () => {
    const [name, verifier] = [...policy.witnesses][0] as [string, NoteVerifier];
    const bribed = record(entries.length - 1, log, await keyOf("log"), [
      [verifier, await keyOf(name)],
    ]);
    expect(await audit(sourceOf(bribed), { policy })).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
  });

  it("a record signed anew by a stranger, witnesses of its own included, fails", async () => {
    const strangers = [...policy.witnesses.values()].map((w): [NoteVerifier, SigningKey] => {
      const key = generateSigningKey();
      return [noteVerifier(w.name, key.publicKey, w.type), key];
    });
    const key = generateSigningKey();
    const anew = record(entries.length, noteVerifier(log.name, key.publicKey), key, strangers);
    expect(await audit(sourceOf(anew), { policy })).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
  });

  it("an old but properly cosigned checkpoint passes alone, and fails against a newer one seen before", async () => {
    const witnesses = await Promise.all(
      [...policy.witnesses].map(
        async ([name, verifier]): Promise<[NoteVerifier, SigningKey]> => [
          verifier,
          await keyOf(name),
        ],
      ),
    );
    const old = sourceOf(record(entries.length - 8, log, await keyOf("log"), witnesses));
    expect((await audit(old, { policy })).outcome).toBe("verified");
    const since = files.get("checkpoint") as Uint8Array;
    expect(await audit(old, { policy, since })).toMatchObject({
      outcome: "forked-or-truncated",
      message: /seen before/,
    });
  });
});

describe("exit codes of standstill audit", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-exit-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function changed(
    name: string,
    change: (record: string) => Promise<unknown>,
  ): Promise<string> {
    const copy = join(directory, name);
    await cp(join(example, "record"), join(copy, "record"), { recursive: true });
    await change(join(copy, "record"));
    return copy;
  }

  it.each([
    [
      3,
      "a flipped byte",
      async (at: string) => {
        const path = join(at, "tile", "entries", "000.p", "45");
        const bytes = await readFile(path);
        bytes[5000] = (bytes[5000] as number) ^ 1;
        await writeFile(path, bytes);
      },
      /tile\/entries\/000\.p\/45/,
    ],
    [3, "a file that does not belong", (at: string) => writeFile(join(at, "note"), "x"), /note/],
    [
      4,
      "a missing tile",
      (at: string) => rm(join(at, "tile", "0", "000.p", "45")),
      /tile\/0\/000\.p\/45/,
    ],
    [4, "a missing checkpoint", (at: string) => rm(join(at, "checkpoint")), /checkpoint/],
  ] as const)("%i: %s", async (code, name, change, place) => {
    const copy = await changed(name.replaceAll(" ", "-"), change);
    const finished = await standstill([
      "audit",
      copy,
      "--policy",
      join(example, "policy"),
      "--json",
    ]);
    expect(finished.code).toBe(code);
    expect(JSON.parse(finished.stdout).place).toMatch(place);
  });
});
