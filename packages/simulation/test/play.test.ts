import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { termsHash, termsSchema } from "@standstill/agreement";
import { policyText } from "@standstill/operation";
import { parsePolicy } from "@standstill/record";
import { holdersOf, inventedTerms } from "@standstill/simulation";
import { openKeyring, readExample } from "@standstill/simulation/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const agreements = fileURLToPath(new URL("../../../agreements", import.meta.url));
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-keys-"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("the example's files", () => {
  it("give five bundles, each of a party of the agreement, with sites and runs under its name", async () => {
    const { draft, bundles, pledges } = await readExample(agreements);
    expect(bundles.map(({ party }) => party)).toEqual(draft.parties.map(({ id }) => id));
    expect(pledges.map(({ party }) => party)).toEqual(draft.parties.map(({ id }) => id));
    for (const { party, site, runs } of bundles) {
      expect(site.site.startsWith(`${party}/`)).toBe(true);
      expect(runs.every(({ run }) => run.startsWith(`${party}/`))).toBe(true);
      expect(site.replayed).toBeDefined();
    }
  });

  it("no series of readings is replayed by two parties", async () => {
    const { bundles } = await readExample(agreements);
    const first = bundles.flatMap(({ readings }) =>
      readings.map(({ timeMs, powerMilliwatts }) => `${timeMs[0]} ${powerMilliwatts[0]}`),
    );
    expect(new Set(first).size).toBe(first.length);
  });
});

describe("keys", () => {
  it("stay the same from one opening to the next, and only their owner can read them", async () => {
    const { draft } = await readExample(agreements);
    const open = () => openKeyring(join(directory, "keys"), holdersOf(draft));
    const terms = inventedTerms(draft, await open());
    expect(termsHash(inventedTerms(draft, await open()))).toBe(termsHash(terms));
    expect(termsSchema.safeParse(terms).success).toBe(true);
    expect((await stat(join(directory, "keys"))).mode & 0o077).toBe(0);
    expect((await stat(join(directory, "keys", "aster.seed"))).mode & 0o077).toBe(0);
  });

  it("a damaged key file is refused, and the message does not show it", async () => {
    const { draft } = await readExample(agreements);
    await openKeyring(directory, holdersOf(draft));
    const path = join(directory, "aster.seed");
    const secret = (await readFile(path, "utf8")).slice(0, 40);
    await writeFile(path, secret);
    const error = await openKeyring(directory, ["aster"]).catch((refused: Error) => refused);
    expect(error).toMatchObject({ code: "malformed-key", place: path });
    expect(String(error)).not.toContain(secret.slice(0, 12));
  });

  it("the policy that is written trusts the log and needs two of three witnesses", async () => {
    const { draft } = await readExample(agreements);
    const policy = parsePolicy(
      policyText(inventedTerms(draft, await openKeyring(directory, holdersOf(draft)))),
    );
    expect(policy.logs).toHaveLength(1);
    expect(policy.groups.get(policy.quorum)).toMatchObject({ needed: 2 });
  });
});
