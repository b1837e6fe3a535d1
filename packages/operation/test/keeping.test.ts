import {
  type Entry,
  judgeReports,
  type MemoryRecord,
  markTime,
  measure,
  type OwnRecord,
  openCase,
  openCases,
  pledge,
  RefusedError,
  receiveReport,
  vouchFor,
  withdrawCase,
} from "@standstill/operation";
import { RecordError, type SignedStatement } from "@standstill/record";
import { replay, type State } from "@standstill/replay";
import { computeVerdict } from "@standstill/verification";
import { beforeEach, describe, expect, it } from "vitest";
import { adoptedRecord, declareHall, draft, NOW, reportHall, speakerOf } from "./world.ts";

const T = Date.parse("2026-06-04T10:00:00.000Z");

let record: MemoryRecord;
beforeEach(async () => {
  record = await adoptedRecord();
  // Bound to a cap, and accounting for the hours before it: who is not bound is not judged.
  for (const party of ["aster", "borealis", "cedar"])
    await pledge(speakerOf(party, record), { mode: "cap", while: { kind: "all", of: [] } });
  await declareHall(speakerOf("aster", record));
});
const keeperOf = <To extends OwnRecord>(to: To) => speakerOf(draft.keeper.id, to);
const verdicts = () => record.state.verdicts.verdicts;
const cases = () => [...record.state.cases.cases.values()];

describe("a keeper that judges", () => {
  it("publishes one verdict on each report, however often and however many at once it judges", async () => {
    await reportHall(speakerOf("aster", record), T, false);
    await reportHall(speakerOf("aster", record), T + 240_000, false);
    const keeper = keeperOf(record);
    const rounds = await Promise.all([judgeReports(keeper), judgeReports(keeper)]);
    expect(rounds.flatMap(({ verdicts: told }) => told)).toHaveLength(2);
    expect(verdicts().size).toBe(2);
    expect(await judgeReports(keeper)).toEqual({ verdicts: [], unjudged: [] });
  });

  it("publishes what everybody computes from the state right before, though others speak meanwhile", async () => {
    const report = await reportHall(speakerOf("aster", record), T, true);
    const borealis = speakerOf("borealis", record);
    let reads = 0;
    // Somebody measures the hall after the verdict is computed and before it is appended, and then nobody does.
    const busy: OwnRecord = {
      get state(): State {
        return record.state;
      },
      append: async (
        signed: SignedStatement,
        allow?: (issuer: string, before: State) => void,
      ): Promise<Entry> => {
        if (reads++ === 0) await measure(borealis, MEASUREMENT);
        return record.append(signed, allow);
      },
      storeEvidence: (bytes) => record.storeEvidence(bytes),
      readEvidence: (hash) => record.readEvidence(hash),
      publish: () => record.publish(),
    };
    await judgeReports(keeperOf(busy));
    const index = [...verdicts().values()][0]?.index ?? 0;
    expect(reads).toBe(2);
    const before = replay(record.entries.slice(0, index));
    const hash = `${before.evidence.reports.get(`${report?.id}`)?.body.evidence}`;
    expect([...verdicts().values()][0]?.body).toEqual(
      computeVerdict(before, `${report?.id}`, await record.readEvidence(hash)),
    );
  });

  it("leaves a report unjudged whose evidence is not there or is none, and judges the others", async () => {
    await declareHall(speakerOf("borealis", record));
    await declareHall(speakerOf("cedar", record));
    const lost = { ...speakerOf("aster", record), registrar: withEvidence(record, "lost") };
    const broken = { ...speakerOf("borealis", record), registrar: withEvidence(record, "broken") };
    await reportHall(lost, T, false);
    await reportHall(broken, T, false);
    await reportHall(speakerOf("cedar", record), T, false);
    const { unjudged, verdicts: told } = await judgeReports(keeperOf(record));
    expect(unjudged.map(({ party }) => party)).toEqual(["aster", "borealis"]);
    expect(told).toHaveLength(1);
    expect([...verdicts().values()].map(({ body }) => body.party)).toEqual(["cedar"]);
  });
});

describe("a keeper that opens cases", () => {
  it("asks once about each verdict with findings, of each period anew, and about none without", async () => {
    await declareHall(speakerOf("borealis", record));
    await reportHall(speakerOf("aster", record), T, true);
    await reportHall(speakerOf("aster", record), T + 240_000, true);
    await reportHall(speakerOf("borealis", record), T, false);
    const keeper = keeperOf(record);
    await judgeReports(keeper);
    const withFindings = [...verdicts().values()].filter(({ body }) =>
      body.duties.some(({ findings }) => findings.length > 0),
    );
    expect(withFindings.length).toBeGreaterThanOrEqual(2);
    await Promise.all([openCases(keeper), openCases(keeper)]);
    await openCases(keeper);
    expect(cases().map(({ verdict }) => verdict)).toEqual(withFindings.map(({ id }) => id));
    expect(new Set(cases().map(({ name }) => name)).size).toBe(withFindings.length);
  });

  it("does not ask again where a party has asked with another name, or the keeper took its case back", async () => {
    await reportHall(speakerOf("aster", record), T, true);
    const keeper = keeperOf(record);
    await judgeReports(keeper);
    const [verdict] = [...verdicts().values()];
    const findings = verdict?.body.duties.flatMap((one) => one.findings) ?? [];
    await openCase(speakerOf("dune", record), {
      case: "aster/hall/clarification",
      party: "aster",
      verdict: `${verdict?.id}`,
      findings: findings.slice(0, 1).map(({ check }) => check),
      question: "What ran?",
    });
    await openCases(keeper);
    await withdrawCase(keeper, { case: "aster/hall/clarification-2", reasons: "Answered." });
    await openCases(keeper);
    expect(cases().map(({ name, openedBy }) => [name, openedBy])).toEqual([
      ["aster/hall/clarification", "dune"],
      ["aster/hall/clarification-2", draft.keeper.id],
    ]);
  });
});

describe("a keeper", () => {
  it("marks the time, never before the mark before", async () => {
    const keeper = keeperOf(record);
    await markTime({ ...keeper, now: () => NOW + 1000 });
    await markTime(keeper);
    expect([...record.state.marks].map(({ at }) => at)).toEqual([NOW, NOW + 1000, NOW + 1000]);
  });

  it("says once that a sealed report was handed in, and which bytes a program has", async () => {
    const keeper = keeperOf(record);
    const { size } = record.state;
    const report = { report: "0f".repeat(32) };
    const program = { program: "verifier", version: "1.0.0", sha256: "0f".repeat(32) };
    await Promise.all([receiveReport(keeper, report), receiveReport(keeper, report)]);
    await Promise.all([vouchFor(keeper, program), vouchFor(keeper, program)]);
    expect(record.state.size).toBe(size + 2);
    await vouchFor(keeper, { ...program, version: "1.0.1" });
    expect(record.state.size).toBe(size + 3);
  });

  it("is not let do what only parties do", async () => {
    const error = await declareHall(keeperOf(record)).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(RefusedError);
  });
});

const MEASUREMENT = {
  of: "aster/hall",
  period: { start: "2026-06-04T10:00:00.000Z", end: "2026-06-04T10:04:00.000Z" },
  measured: [
    {
      kind: "energy" as const,
      meter: "borealis/meter",
      energy: "100 J",
      random: "1 J",
      systematic: "1 J",
    },
  ],
};

/** A record that takes evidence in and loses it, or keeps other bytes. */
function withEvidence(to: MemoryRecord, fate: "lost" | "broken"): OwnRecord {
  return {
    get state(): State {
      return to.state;
    },
    append: (signed, allow) => to.append(signed, allow),
    storeEvidence: (bytes) =>
      fate === "broken" ? to.storeEvidence(bytes.slice(0, 100)) : Promise.resolve("0f".repeat(32)),
    readEvidence: async (hash) => {
      throw new RecordError("store-missing", `expected ${hash}, got none`);
    },
    publish: () => to.publish(),
  };
}
