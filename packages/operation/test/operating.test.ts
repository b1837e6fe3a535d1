import { decodeEvidence, emptyWindows } from "@standstill/evidence";
import {
  adopt,
  answer,
  claim,
  declareRun,
  declareSite,
  MemoryRecord,
  markTime,
  measure,
  measurePublished,
  type PowerReadings,
  periodSalt,
  pledge,
  propose,
  RefusedError,
  report,
  rotateKey,
  vouchFor,
  withdrawPledge,
} from "@standstill/operation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adoptedRecord, declareHall, draft, keyOf, NOW, speakerOf, terms } from "./world.ts";

const period = { start: "2026-06-04T10:00:00.000Z", end: "2026-06-04T10:04:00.000Z" };

/** Meters of two declared nodes and of one that nobody declared. */
const telemetry: PowerReadings = {
  devices: async () => ["node-1", "node-2", "node-9"],
  windows: async (_site, _feed, devices, period, windowMs) => {
    const windows = emptyWindows([...devices], period, windowMs);
    windows.readings.fill(4);
    windows.powerMilliwatts.fill(2_400_000);
    windows.energyMillijoules.fill(9_600_000);
    return windows;
  },
};

describe("a script of acts that was interrupted", () => {
  it("begins again from its start and says only what is missing, wherever it was interrupted", async () => {
    const whole = await played(new MemoryRecord(), Number.POSITIVE_INFINITY);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.state.size), { maxLength: 4 }), async (stops) => {
        const record = new MemoryRecord();
        for (const stop of stops) await played(record, stop).catch(() => undefined);
        await played(record, Number.POSITIVE_INFINITY);
        const types = (of: MemoryRecord) => [...of.state.statements].map(({ type }) => type);
        expect(types(record)).toEqual(types(whole));
      }),
      { numRuns: 15 },
    );
  });
});

describe("a report", () => {
  const measured = {
    site: "aster/hall",
    period,
    salt: periodSalt(keyOf("aster").seed, "aster/hall", period.start),
    telemetry,
  };

  it("holds windows of every declared device and of every other that was heard, as long as the terms say", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    await declareHall(aster);
    await report(aster, measured);
    const [reported] = [...record.state.evidence.reports.values()];
    const evidence = decodeEvidence(await record.readEvidence(`${reported?.body.evidence}`));
    expect(evidence.windows?.devices).toEqual(["node-1", "node-2", "node-9"]);
    expect(evidence.windows?.windowMs).toBe(terms.window?.milliseconds);
    expect(reported?.body.feeds).toEqual([{ kind: "node-power", signer: "aster" }]);
  });

  it("is made once, and of the same evidence when it was interrupted", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    await declareHall(aster);
    const stored: string[] = [];
    const registrar = {
      get state() {
        return record.state;
      },
      storeEvidence: async (bytes: Uint8Array) => {
        const hash = await record.storeEvidence(bytes);
        stored.push(hash);
        if (stored.length === 1) throw new Error("interrupted");
        return hash;
      },
      append: (...asked: Parameters<MemoryRecord["append"]>) => record.append(...asked),
    };
    await expect(report({ ...aster, registrar }, measured)).rejects.toThrow("interrupted");
    await Promise.all([report({ ...aster, registrar }, measured), report(aster, measured)]);
    expect(record.state.evidence.reports.size).toBe(1);
    expect(new Set(stored).size).toBe(1);
  });

  it("of a site that nobody declared is refused, and so is one that overlaps another", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    await expect(report(aster, measured)).rejects.toBeInstanceOf(RefusedError);
    await declareHall(aster);
    await report(aster, measured);
    const end = "2026-06-04T10:05:00.000Z";
    const longer = { ...measured, period: { ...period, end } };
    await expect(report(aster, longer)).rejects.toMatchObject({ code: "already-said" });
  });
});

describe("an operator", () => {
  it("is told when the record holds other words about the same", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    expect(await declareHall(aster)).toBeDefined();
    expect(await declareHall(aster)).toBeUndefined();
    const other = { site: "aster/hall", title: "Another", nodes: [] };
    await expect(declareSite(aster, other)).rejects.toBeInstanceOf(RefusedError);
    await expect(answer(aster, { case: "none", answer: "Nothing." })).rejects.toMatchObject({
      code: "not-declared",
    });
  });

  it("can pledge anew with the same words once its pledge no longer stands", async () => {
    const record = await adoptedRecord();
    const [aster, borealis] = [speakerOf("aster", record), speakerOf("borealis", record)];
    const statusOf = (party: string) =>
      record.state.agreement.coalition.standings.get(party)?.status;
    const words = { mode: "cap" as const, while: WITH_OTHERS };
    expect(await pledge(aster, words)).toBeDefined();
    expect(await pledge(aster, words)).toBeUndefined();
    await pledge(borealis, words);
    expect(statusOf("aster")).toBe("bound");
    expect(await pledge(aster, words)).toBeUndefined();
    await withdrawPledge(borealis, { reason: "We leave." });
    await markTime({ ...speakerOf(draft.keeper.id, record), now: () => NOW + 91 * 86_400_000 });
    expect([statusOf("aster"), statusOf("borealis")]).toEqual(["dropped", "withdrawn"]);
    expect(await pledge(aster, words)).toBeDefined();
    expect(await pledge(borealis, words)).toBeDefined();
  });

  it("puts another key in place of its own, which signs from then on", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    const to = keyOf("aster's next");
    const rotation = { from: keyOf("aster").publicKey, to, reason: "Yearly." };
    await rotateKey(aster, rotation);
    const program = { program: "verifier", version: "1.0.0", sha256: "0f".repeat(32) };
    await expect(vouchFor(aster, program)).rejects.toMatchObject({ code: "signature-invalid" });
    expect(await vouchFor({ ...aster, keys: [to] }, program)).toBeDefined();
    expect(await rotateKey({ ...aster, keys: [to] }, rotation)).toBeUndefined();
  });
});

/** Proposes, adopts, declares, reports and measures, and is interrupted before it would say so much. */
async function played(record: MemoryRecord, most: number): Promise<MemoryRecord> {
  let said = 0;
  const registrar = {
    get state() {
      return record.state;
    },
    append: async (...asked: Parameters<MemoryRecord["append"]>) => {
      if (said++ >= most) throw new Error("interrupted");
      return record.append(...asked);
    },
    storeEvidence: (bytes: Uint8Array) => record.storeEvidence(bytes),
    readEvidence: (hash: string) => record.readEvidence(hash),
    publish: () => record.publish(),
  };
  const speaker = (issuer: string) => speakerOf(issuer, registrar);
  await propose(speaker(draft.keeper.id), { terms });
  for (const { id } of draft.parties)
    await adopt(speaker(id), { terms: `${record.state.agreement.hash}` });
  for (const { id } of draft.parties)
    await pledge(speaker(id), { mode: "cap", while: WITH_OTHERS });
  const aster = speaker("aster");
  await declareHall(aster);
  await declareRun(aster, {
    run: "aster/run",
    site: "aster/hall",
    activity: "training",
    model: "A model",
    precision: "bf16",
    work: { basis: "accelerator-time", accelerators: 1, seconds: "1 s" },
    nodes: ["node-1"],
    nodesTogether: false,
    period,
  });
  const salt = periodSalt(keyOf("aster").seed, "aster/hall", period.start);
  await report(aster, { site: "aster/hall", period, salt, telemetry });
  await measure(speaker("dune"), {
    of: "aster/hall",
    period,
    measured: [
      { kind: "energy", meter: "dune/meter", energy: "1 J", random: "1 J", systematic: "1 J" },
    ],
  });
  await measurePublished(speaker(draft.keeper.id), PUBLISHED);
  await claim(aster, {
    indicator: "ai-line-share",
    period: { from: "2026-01-01", to: "2026-03-31" },
    says: "at-least",
    value: "0.5",
    method: null,
    words: "Half of our code is written by AI.",
    source: "A speech.",
  });
  return record;
}

/** Three models, each with ten times the compute of the one a year before it. */
const PUBLISHED = {
  text: [
    "date,flop,model",
    "2020-01-01,10000000000,First",
    "2021-01-01,100000000000,Second",
    "2022-01-01,1000000000000,Third",
    "2023-01-01,9000000000000,Fourth",
    "",
  ].join("\n"),
  source: "Invented.",
  from: "2019-01-01",
};

/** A condition on the others that any party can pledge under. */
const WITH_OTHERS = draft.entry?.when ?? never();

function never(): never {
  throw new Error("expected an example with a condition of entry, got none");
}
