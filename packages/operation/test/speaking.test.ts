import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { agreementAdopt } from "@standstill/agreement";
import { runDeclare } from "@standstill/evidence";
import {
  type Entry,
  inTurn,
  MemoryRecord,
  type OwnRecord,
  RefusedError,
  type Speaker,
  speak,
} from "@standstill/operation";
import { openOutbox } from "@standstill/operation/files";
import { decodeEntry, programVouch, type SignedStatement, timeMark } from "@standstill/record";
import { replay, type State } from "@standstill/replay";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adoptedRecord, draft, keyOf, speakerOf, terms } from "./world.ts";

const fates = ["answered", "lost on the way", "answer lost"] as const;
type Fate = (typeof fates)[number];

/** A registrar behind a network that loses what is sent, or its answer, as it is told; then it loses nothing. */
class Unreliable implements OwnRecord {
  readonly sent: SignedStatement[] = [];
  readonly #record: MemoryRecord;
  readonly #fates: Fate[];

  constructor(record: MemoryRecord, fates: readonly Fate[]) {
    this.#record = record;
    this.#fates = [...fates];
  }

  get state(): State {
    return this.#record.state;
  }

  async append(signed: SignedStatement): Promise<Entry> {
    this.sent.push(signed);
    const fate = this.#fates.shift() ?? "answered";
    await nextTurn();
    if (fate === "lost on the way") throw new Error("no connection");
    const entry = await this.#record.append(signed);
    await nextTurn();
    if (fate === "answer lost") throw new Error("no answer");
    return entry;
  }

  storeEvidence = (bytes: Uint8Array) => this.#record.storeEvidence(bytes);
  readEvidence = (hash: string) => this.#record.readEvidence(hash);
  publish = () => this.#record.publish();
}

const program = (number: number) => ({
  program: "verifier",
  version: `1.0.${number}`,
  sha256: number.toString(16).padStart(64, "0"),
});

async function untilAnswered<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedError) throw error;
    }
  }
}

/** Each number that an issuer signed, with the words that it signed under it. */
function wordsByNumber(sent: readonly SignedStatement[]): Map<string, Set<string>> {
  const words = new Map<string, Set<string>>();
  for (const { id, statement } of sent) {
    const key = `${statement.issuer} ${statement.sequence}`;
    words.set(key, (words.get(key) ?? new Set()).add(id));
  }
  return words;
}

describe("whoever speaks", () => {
  it("makes one entry of each thing said, without a gap, however many speak at once and whatever is lost", async () => {
    const opening = await adoptedRecord();
    const issuers = ["aster", "borealis", draft.keeper.id];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ by: fc.constantFrom(...issuers), number: fc.nat(5) }), {
          maxLength: 12,
        }),
        fc.array(fc.constantFrom(...fates), { maxLength: 20 }),
        async (said, fates) => {
          const record = new MemoryRecord();
          await replayInto(record, opening);
          const registrar = new Unreliable(record, fates);
          const speakers = new Map(issuers.map((id) => [id, speakerOf(id, registrar)]));
          const entries = await Promise.all(
            said.map(({ by, number }) =>
              untilAnswered(() =>
                speak(speakers.get(by) as Speaker, programVouch, program(number)),
              ),
            ),
          );
          expect(record.state.size).toBe(opening.state.size + said.length);
          expect(new Set(entries.map(({ index }) => index)).size).toBe(said.length);
          for (const id of issuers) {
            const before = opening.state.issuers.get(id)?.next ?? 0;
            const own = said.filter(({ by }) => by === id).length;
            expect(record.state.issuers.get(id)?.next).toBe(before + own);
          }
          for (const words of wordsByNumber(registrar.sent).values()) expect(words.size).toBe(1);
          expect(replay(record.entries).faults.size).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("changes nothing and signs nothing where it would be refused", async () => {
    const record = await adoptedRecord();
    const attempts: ((aster: Speaker) => Promise<Entry>)[] = [
      (aster) => speak(aster, agreementAdopt, { terms: "ab".repeat(32) }),
      (aster) => speak(aster, agreementAdopt, { terms: `${record.state.agreement.hash}` }),
      (aster) => speak(aster, timeMark, { time: "2026-06-04T12:00:00.000Z" }),
      (aster) => speak({ ...aster, issuer: "nobody" }, programVouch, program(1)),
      (aster) => speak({ ...aster, keys: [keyOf("dune")] }, programVouch, program(1)),
      (aster) => speak({ ...aster, keys: [] }, programVouch, program(1)),
      (aster) => speak(aster, programVouch, { ...program(1), sha256: "none" }),
      (aster) =>
        speak(aster, runDeclare, {
          run: "aster/run",
          site: "aster/nowhere",
          activity: "training",
          model: "A model",
          precision: "bf16",
          work: { basis: "accelerator-time", accelerators: 1, seconds: "1 s" },
          nodes: ["node-1"],
          nodesTogether: false,
          period: { start: "2026-06-04T12:00:00.000Z", end: "2026-06-05T12:00:00.000Z" },
        }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...attempts), async (attempt) => {
        const registrar = new Unreliable(record, []);
        const aster = speakerOf("aster", registrar);
        const before = record.state;
        const error = await attempt(aster).catch((refused: unknown) => refused);
        expect(error).toBeInstanceOf(RefusedError);
        expect(record.state).toBe(before);
        expect(registrar.sent).toEqual([]);
        expect(await aster.outbox.waiting()).toBeUndefined();
      }),
    );
  });

  it("says bodies of the definition's type, which the compiler knows", async () => {
    const aster = speakerOf("aster", await adoptedRecord());
    // @ts-expect-error: a number is no version
    const wrong = speak(aster, programVouch, { ...program(1), version: 1 });
    await expect(wrong).rejects.toMatchObject({ code: "malformed-body" });
    // @ts-expect-error: a body of another kind
    const other = speak(aster, agreementAdopt, program(1));
    await expect(other).rejects.toMatchObject({ code: "malformed-body" });
  });

  it("cannot speak on an empty record, unless it brings the terms", async () => {
    const aster = speakerOf("aster", new MemoryRecord());
    await expect(speak(aster, programVouch, program(1))).rejects.toMatchObject({
      name: "RefusedError",
      code: "agreement-mismatch",
    });
  });

  it("does not go back in time when its clock does", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    await speak({ ...aster, now: () => Date.parse("2030-01-01") }, programVouch, program(1));
    await speak(aster, programVouch, program(2));
    expect(record.state.issuers.get("aster")?.lastIssuedAt).toBe("2030-01-01T00:00:00.000Z");
  });

  it("says the same words anew when they are no repetition: their answer came, or was lost long ago", async () => {
    const record = await adoptedRecord();
    const size = () => record.state.size;
    const aster = speakerOf(
      "aster",
      new Unreliable(record, ["answered", "answered", "answer lost"]),
    );
    const before = size();
    await speak(aster, programVouch, program(1));
    await speak(aster, programVouch, program(1));
    expect(size()).toBe(before + 2);
    await expect(speak(aster, programVouch, program(1))).rejects.toThrow("no answer");
    const later = { ...aster, now: () => aster.now() + 3_600_001 };
    await speak(later, programVouch, program(1));
    expect(size()).toBe(before + 4);
  });

  it("works on after work that failed, and one piece of work sees what the one before said", async () => {
    const record = await adoptedRecord();
    const aster = speakerOf("aster", record);
    const failed = inTurn(aster, async () => {
      throw new Error("no meter");
    });
    const next = () => record.state.issuers.get("aster")?.next;
    const [, first, second] = await Promise.all([
      failed.catch(() => undefined),
      inTurn(aster, async (say) => [next(), await say(programVouch, program(1))] as const),
      inTurn(aster, async () => next()),
    ]);
    expect(second).toBe((first[0] ?? 0) + 1);
  });
});

describe("an outbox in a directory", () => {
  it("sends again after a restart what had no answer, before anything else is signed", async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-outbox-"));
    try {
      const record = await adoptedRecord();
      const registrar = new Unreliable(record, ["lost on the way"]);
      const first = await openOutbox(directory);
      const aster = { ...speakerOf("aster", registrar), outbox: first.outbox };
      await expect(speak(aster, programVouch, program(1))).rejects.toThrow("no connection");
      await expect(openOutbox(directory)).rejects.toMatchObject({ code: "store-locked" });
      await first.close();

      const again = await openOutbox(directory);
      await speak({ ...aster, outbox: again.outbox }, programVouch, program(2));
      expect(registrar.sent.map(({ statement }) => statement.sequence)).toEqual([1, 1, 2]);
      for (const words of wordsByNumber(registrar.sent).values()) expect(words.size).toBe(1);
      expect(await again.outbox.waiting()).toBeUndefined();
      await again.close();
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

async function replayInto(record: MemoryRecord, from: MemoryRecord): Promise<void> {
  for (const entry of from.entries) await record.append(decodeEntry(entry));
  expect(record.state.agreement.terms).toEqual(terms);
}
