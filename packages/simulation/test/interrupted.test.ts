import { fileURLToPath } from "node:url";
import type { Telemetry } from "@standstill/evidence/telemetry";
import { MemoryRecord, type OwnRecord } from "@standstill/operation";
import { type SignedStatement, sha256, signingKey, utf8 } from "@standstill/record";
import { replay } from "@standstill/replay";
import { type Example, holdersOf, InventedParties, playExample } from "@standstill/simulation";
import { readExample } from "@standstill/simulation/files";
import { beforeAll, describe, expect, it } from "vitest";

const agreements = fileURLToPath(new URL("../../../agreements", import.meta.url));
const NOW = Date.parse("2026-12-01T12:00:00.000Z");

/** The example with one small site that two others have measured, without marks that need witnesses. */
let example: Example;
beforeAll(async () => {
  const { draft, bundles, ...rest } = await readExample(agreements);
  const cedar = bundles.filter(({ party }) => party === "cedar");
  example = {
    ...rest,
    draft: { ...draft, witnesses: [], witnessQuorum: 0, marks: undefined },
    bundles: cedar.map((bundle) => ({
      ...bundle,
      measurements: ["aster", "dune"].map((by) => ({ by, body: energyOf(bundle) })),
    })),
  };
});

function energyOf({ site, period }: Example["bundles"][number]) {
  const joules = { energy: "90000 J", random: "10 J", systematic: "10 J" };
  return {
    of: site.site,
    period,
    measured: [{ kind: "energy" as const, meter: "a/meter", ...joules }],
  };
}

/** Plays on a record, and is interrupted before it appends one more than so many statements. */
async function play(record: MemoryRecord, most: number): Promise<void> {
  let appended = 0;
  const interruptible: OwnRecord = {
    get state() {
      return record.state;
    },
    append: async (signed: SignedStatement, allow) => {
      if (appended++ === most) throw new Error("interrupted");
      return record.append(signed, allow);
    },
    storeEvidence: (bytes) => record.storeEvidence(bytes),
    readEvidence: (hash) => record.readEvidence(hash),
    publish: () => record.publish(),
  };
  const { draft } = example;
  const keyring = new Map(
    holdersOf(draft).map((holder) => [holder, signingKey(sha256(utf8(`interrupted ${holder}`)))]),
  );
  const parties = new InventedParties({ draft, keyring, record: interruptible, now: () => NOW });
  await playExample(example, parties, {
    openTelemetry: async () => NO_METERS,
    programs: [{ program: "verifier", version: "1.0.0", sha256: "0f".repeat(32) }],
    onProgress: () => undefined,
  });
}

/** The site has accounting only, so nobody asks for readings. */
const NO_METERS = {
  status: { engine: "files" },
  close: async () => undefined,
} as unknown as Telemetry;

const said = (record: MemoryRecord) =>
  [...record.state.statements].map(({ type, issuer, party }) => `${issuer} ${type} ${party}`);

describe("a play that was interrupted", () => {
  it("goes on where it was, wherever that was, and says nothing twice and leaves nothing out", async () => {
    const whole = new MemoryRecord();
    await play(whole, Number.POSITIVE_INFINITY);
    expect(said(whole)).toContain("dune measurement/report dune");
    for (let at = 0; at < whole.state.size; at++) {
      const record = new MemoryRecord();
      await expect(play(record, at)).rejects.toThrow("interrupted");
      await play(record, Number.POSITIVE_INFINITY);
      expect(said(record)).toEqual(said(whole));
      expect(replay(record.entries).faults.size).toBe(0);
    }
  });

  it("says nothing more when it is played again", async () => {
    const record = new MemoryRecord();
    await play(record, Number.POSITIVE_INFINITY);
    const { size } = record.state;
    await play(record, Number.POSITIVE_INFINITY);
    expect(record.state.size).toBe(size);
  });

  it("goes on with no record of another agreement, and writes nothing into it", async () => {
    const record = new MemoryRecord();
    await play(record, Number.POSITIVE_INFINITY);
    const { size } = record.state;
    const { draft } = example;
    example = { ...example, draft: { ...draft, about: "Something else." } };
    await expect(play(record, Number.POSITIVE_INFINITY)).rejects.toMatchObject({
      code: "contradictory-terms",
    });
    expect(record.state.size).toBe(size);
    example = { ...example, draft };
  });
});
