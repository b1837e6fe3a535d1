import { audit, notRecomputedWords } from "@standstill/audit";
import { periodReport } from "@standstill/evidence";
import { type MemoryRecord, speak } from "@standstill/operation";
import {
  blobPath,
  canonicalBytes,
  DRAFT,
  decodeEntry,
  encodeEnvelope,
  noteVerifier,
  signStatement,
  utf8,
} from "@standstill/record";
import {
  findMethod,
  type Method,
  type MethodName,
  methods,
  verdictPublish,
} from "@standstill/verification";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  adoptedRecord,
  declareHall,
  draft,
  keyOf,
  reportHall,
  speakerOf,
} from "../packages/operation/test/world.ts";
import { recordOf, sourceOf } from "../packages/replay/test/world.ts";

const T = Date.parse("2026-06-04T10:00:00.000Z");
const LOG = noteVerifier("log.example/operation", keyOf("log").publicKey);
const present = methods[0] as Method;

/** Two small methods: the present one under another name, and one that says something else. */
const one = small("1", (verdict) => verdict);
const two = small("2", (verdict) => ({ ...verdict, notJudged: "Nobody looked." }));

function small(
  version: string,
  change: (verdict: ReturnType<Method["computeVerdict"]>) => ReturnType<Method["computeVerdict"]>,
): Method {
  const method: MethodName = { name: "small", version };
  return {
    ...method,
    computeVerdict: (...of) => ({ ...change(present.computeVerdict(...of)), method }),
  };
}

/** Publishes a verdict on a report by one method, in the name of another where that is said. */
async function publish(record: MemoryRecord, report: string, by: Method, as: MethodName = by) {
  const { state } = record;
  const hash = state.evidence.reports.get(report)?.body.evidence ?? "";
  const verdict = by.computeVerdict(state, report, await record.readEvidence(hash));
  const method = { name: as.name, version: as.version };
  await speak(speakerOf(draft.keeper.id, record), verdictPublish, { ...verdict, method });
}

/** A record in which aster has reported two periods, and the ids of its reports. */
async function reported() {
  const record = await adoptedRecord();
  const aster = speakerOf("aster", record);
  await declareHall(aster);
  const first = await reportHall(aster, T, false);
  const second = await reportHall(aster, T + 240_000, false);
  return { record, reports: [`${first?.id}`, `${second?.id}`] as const };
}

/** The record as its keeper would publish it, without the evidence of some reports. */
async function filesOf(record: MemoryRecord, without: readonly string[] = []) {
  const files = recordOf(record.entries, keyOf("log"), LOG);
  for (const [id, { body }] of record.state.evidence.reports)
    if (!without.includes(id))
      files.set(blobPath(body.evidence), await record.readEvidence(body.evidence));
  return sourceOf(files);
}

describe("a verdict is recomputed by the method that it names", () => {
  let record: MemoryRecord;
  let reports: readonly [string, string];
  beforeAll(async () => {
    ({ record, reports } = await reported());
    await publish(record, reports[0], one);
    await publish(record, reports[1], two);
  });

  it("found by name and version, and by both", () => {
    expect(findMethod(one, [one, two])).toBe(one);
    expect(findMethod(two, [one, two])).toBe(two);
    expect(findMethod({ name: "other", version: "1" }, [one, two])).toBeUndefined();
    expect(findMethod({ name: "small", version: 1 }, [one, two])).toBeUndefined();
    expect(findMethod({ name: "standstill", version: DRAFT })).toBe(present);
  });

  it("each by its own, where the program has both", async () => {
    const report = await audit(await filesOf(record), { methods: [one, two] });
    expect(report).toMatchObject({
      outcome: "verified",
      verdictsRecomputed: 2,
      notRecomputed: [],
    });
  });

  it("and not by any other: what the program does not have is counted, and nobody is accused", async () => {
    const [, second] = [...record.state.verdicts.verdicts.values()].map(({ index }) => index);
    const report = await audit(await filesOf(record), { methods: [one] });
    expect(report).toMatchObject({
      outcome: "not-recomputed",
      place: `entry ${second}`,
      verdictsRecomputed: 1,
      notRecomputed: [{ what: "verdict", why: "unknown-method", count: 1, index: second }],
    });
    expect(report.state).toBeDefined();
    expect(notRecomputedWords(report.notRecomputed)[0]).toMatch(
      /^1 verdict was not computed again, because this program does not have the method/,
    );
    expect(await audit(await filesOf(record))).toMatchObject({
      outcome: "not-recomputed",
      verdictsRecomputed: 0,
      notRecomputed: [{ what: "verdict", why: "unknown-method", count: 2 }],
    });
  });

  it("a result of another method under its name is not what the evidence gives", async () => {
    const other = await reported();
    await publish(other.record, other.reports[0], two, one);
    expect(await audit(await filesOf(other.record), { methods: [one, two] })).toMatchObject({
      outcome: "verdict-not-reproduced",
    });
  });

  it("without its evidence it is left, apart from those whose method is not known", async () => {
    const source = await filesOf(record, [reports[0]]);
    const report = await audit(source, { methods: [one] });
    expect(report).toMatchObject({
      outcome: "not-recomputed",
      notRecomputed: [
        { what: "verdict", why: "evidence-missing", count: 1 },
        { what: "verdict", why: "unknown-method", count: 1 },
      ],
    });
  });

  it("nor is it a lie where nobody can read the evidence", async () => {
    const { record: unread, reports: ids } = await reported();
    const { body } = unread.state.evidence.reports.get(ids[0]) ?? {};
    if (body === undefined) throw new Error("expected a report, got none");
    const aster = speakerOf("aster", unread);
    const evidence = await unread.storeEvidence(utf8("no evidence"));
    const period = { start: "2026-06-05T00:00:00.000Z", end: "2026-06-05T01:00:00.000Z" };
    const { id } = await speak(aster, periodReport, { ...body, period, evidence });
    const verdict = one.computeVerdict(
      unread.state,
      ids[0],
      await unread.readEvidence(body.evidence),
    );
    await speak(speakerOf(draft.keeper.id, unread), verdictPublish, { ...verdict, report: id });
    expect(await audit(await filesOf(unread), { methods: [one] })).toMatchObject({
      outcome: "not-recomputed",
      notRecomputed: [{ what: "verdict", why: "evidence-unreadable", count: 1 }],
    });
  });
});

describe("a statement of a version that this program does not know", () => {
  /** What somebody says in a version of another program's. */
  const another = (record: MemoryRecord, type: string, version: string | number) => {
    const { issuers, agreement } = record.state;
    const words = {
      type,
      version,
      agreement: agreement.hash ?? "",
      issuer: "aster",
      sequence: issuers.get("aster")?.next ?? 0,
      issuedAt: "2026-06-04T12:00:00.000Z",
      body: { words: "of another program" },
    };
    return encodeEnvelope(signStatement(words, keyOf("aster")).envelope);
  };
  const sourceFrom = (entries: readonly Uint8Array[]) =>
    sourceOf(recordOf(entries, keyOf("log"), LOG));

  it.each([
    ["of a draft", "run/declare", "draft-aaaaaaaaaaaa"],
    ["of a draft of the days when all said 1", "run/declare", 1],
    ["of a release to come", "run/declare", "7"],
    ["of a noun to come", "inventory/change", "1"],
  ])("%s is not understood, and is no fault of the keeper's", async (_, type, version) => {
    const { record } = await reported();
    const index = record.entries.length;
    const report = await audit(sourceFrom([...record.entries, another(record, type, version)]));
    expect(report).toMatchObject({
      outcome: "not-recomputed",
      place: `entry ${index}`,
      notRecomputed: [{ what: "statement", why: "unknown-version", count: 1, index }],
    });
    // What holds then is not known either.
    expect(report.state).toBeUndefined();
  });

  it("whose head is another's too is not understood either", async () => {
    const { record } = await reported();
    const entry = another(record, "run/declare", "7");
    const { envelope, statement } = decodeEntry(entry);
    const payload = canonicalBytes({ ...statement, expiresAt: "2027-01-01T00:00:00.000Z" });
    const bent = encodeEnvelope({ ...envelope, payload });
    expect(await audit(sourceFrom([...record.entries, bent]))).toMatchObject({
      outcome: "not-recomputed",
      notRecomputed: [{ why: "unknown-version", count: 1 }],
    });
  });

  it("accuses nobody wherever it stands, though what rests on it is not admissible here", async () => {
    const { record, reports } = await reported();
    await publish(record, reports[0], one);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: record.entries.length - 1 }), async (at) => {
        // In the place of what a newer program would have read.
        const entries = record.entries.with(at, another(record, "run/declare", "7"));
        const { outcome, notRecomputed } = await audit(sourceFrom(entries));
        expect(outcome).toBe("not-recomputed");
        const told = notRecomputed.reduce((sum, { count }) => sum + count, 0);
        expect(told).toBeLessThanOrEqual(entries.length - at);
      }),
      { numRuns: 2 * record.entries.length },
    );
  });

  it("does not excuse what the keeper appended before it", async () => {
    const { record } = await reported();
    const twice = record.entries.at(-1) as Uint8Array;
    const entries = [...record.entries, twice, another(record, "run/declare", "7")];
    expect(await audit(sourceFrom(entries))).toMatchObject({
      outcome: "keeper-fault",
      place: `entry ${record.entries.length}`,
    });
  });
});
