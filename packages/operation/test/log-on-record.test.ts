import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Draft, isCheckable, parseActivityTerms } from "@standstill/agreement";
import { readActivityTable } from "@standstill/evidence/activity";
import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import {
  assembleTerms,
  declareSite,
  judgeReports,
  type MemoryRecord,
  periodSalt,
  pledge,
  reportEvidence,
} from "@standstill/operation";
import { judgeActivityLogs } from "@standstill/operation/activity-logs";
import { utf8 } from "@standstill/record";
import { computeVerdict, subjectOfBundle, verdictOffline } from "@standstill/verification";
import { judgeActivity } from "@standstill/verification/logs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adoptedRecord, cards, draft, keyOf, speakerOf } from "./world.ts";

const PERIOD = { start: "2026-06-04T10:00:00.000Z", end: "2026-06-04T11:00:00.000Z" };
const START = Date.parse(PERIOD.start);

/** The example's agreement, with two obligations that rest on activity logs. */
const agreed: Draft = {
  ...draft,
  logs: { permitted: { activities: ["inference", "idle"] }, longestRecordSeconds: 900 },
  obligations: [
    ...draft.obligations,
    { id: "logs", kind: "activity-log", title: "Logs are kept.", mode: "cap" },
    {
      id: "serving",
      kind: "activity-limit",
      title: "Serving takes at most 1e20 FLOP in a period.",
      mode: "cap",
      per: "total",
      activities: ["inference"],
      limit: "100000000000000000000 FLOP",
    },
  ],
};
const nodes = [{ device: "node-1", accelerator: "h100-sxm5", accelerators: 2 }];

/** Four windows of two accelerators that serve, the last of which says otherwise. */
function logOf(last: object, flop = "1000000000000000000"): string {
  const records = [0, 1].flatMap((gpu) =>
    [0, 1, 2, 3].map((quarter) => ({
      device: `node-1/gpu-${gpu}`,
      start: new Date(START + quarter * 900_000).toISOString(),
      end: new Date(START + (quarter + 1) * 900_000).toISOString(),
      workload: "service",
      activity: "inference",
      flop: `${BigInt(flop) / 10n + BigInt(gpu * 7 + quarter)}`,
    })),
  );
  return records
    .map((one, i) => JSON.stringify(i === records.length - 1 ? { ...one, ...last } : one))
    .join("\n");
}

let record: MemoryRecord;
let directory: string;
beforeEach(async () => {
  record = await adoptedRecord(assembleTerms(agreed, cards));
  for (const party of ["aster", "borealis", "cedar"])
    await pledge(speakerOf(party, record), { mode: "cap", while: { kind: "all", of: [] } });
  await declareSite(speakerOf("aster", record), { site: "aster/hall", title: "A hall", nodes });
  directory = await mkdtemp(join(tmpdir(), "standstill-log-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** The verdict on the record on a period of which nothing but a log was reported. */
async function onRecord(log: string) {
  const salt = periodSalt(keyOf("aster").seed, "aster/hall", PERIOD.start);
  const evidence = {
    salt,
    windows: undefined,
    jobs: undefined,
    counters: [],
    logs: [{ name: "site.jsonl", content: utf8(log) }],
  };
  const where = { site: "aster/hall", period: PERIOD };
  const report = await reportEvidence(speakerOf("aster", record), where, evidence);
  const before = record.state;
  await judgeReports(speakerOf(draft.keeper.id, record));
  const body = record.state.verdicts.verdicts.get(report?.id ?? "")?.body;
  if (report === undefined || body === undefined) throw new Error("expected a verdict, got none");
  const hash = before.evidence.reports.get(report.id)?.body.evidence ?? "";
  const recomputed = computeVerdict(before, report.id, await record.readEvidence(hash));
  expect(recomputed).toEqual(body);
  return body.duties;
}

/** The same by `verify` of a bundle, from its files and the agreement. */
async function offline(log: string) {
  await writeFile(join(directory, "site.jsonl"), log);
  await writeFile(
    join(directory, "bundle.yaml"),
    JSON.stringify({
      party: "aster",
      site: "aster/hall",
      title: "A hall",
      nodes: { devices: ["node-1"], accelerator: "h100-sxm5", accelerators: 2 },
      period: PERIOD,
      feeds: [{ kind: "activity-log", format: "jsonl", file: "site.jsonl" }],
      runs: [],
    }),
  );
  if (!isCheckable(agreed)) throw new Error("expected terms that say how compute is measured");
  const bundle = await readBundle(directory);
  const evidence = siteEvidenceOffline(bundle, agreed.window.milliseconds, "00".repeat(32));
  return verdictOffline(subjectOfBundle(bundle, evidence, agreed, "cap")).duties;
}

const ofLogs = (duties: Awaited<ReturnType<typeof onRecord>>) =>
  duties.filter(({ kind }) => kind === "activity-log" || kind === "activity-limit");

describe("a log that is reported with a period", () => {
  it.each([
    ["an honest one", {}, "1000000000000000000", ["verified", "verified"]],
    [
      "training that nobody permitted",
      { activity: "training" },
      "1000000000000000000",
      ["anomalous", "verified"],
    ],
    ["more serving than was agreed", {}, "1000000000000000000000", ["anomalous", "anomalous"]],
    [
      "time of which nothing is told",
      { start: PERIOD.end, end: "2026-06-04T11:15:00.000Z" },
      "1000000000000000000",
      ["anomalous", "verified"],
    ],
  ])(
    "%s: the record, a bundle offline and the log alone come to one verdict",
    async (_what, last, flop, values) => {
      const log = logOf(last, flop);
      const judged = ofLogs(await onRecord(log));
      expect(judged.map(({ verdict }) => verdict)).toEqual(values);
      expect(ofLogs(await offline(log))).toEqual(judged);
      const terms = parseActivityTerms(
        JSON.stringify({
          window: { ...PERIOD, longestRecordSeconds: 900 },
          devices: [
            {
              device: "node-1/gpu-{0..1}",
              peak: { bf16: "989400000000000 FLOP/s", fp8: "1979000000000000 FLOP/s" },
            },
          ],
          limits: [{ id: "serving", per: "total", activities: ["inference"], flop: "1e20 FLOP" }],
          permitted: { activities: ["inference", "idle"] },
        }),
      );
      const alone = judgeActivity(readActivityTable([{ name: "site.jsonl", content: log }]), terms);
      const sentences = new Set(
        judged.flatMap(({ findings }) => findings.map(({ sentence }) => sentence)),
      );
      expect(new Set(alone.findings.map(({ sentence }) => sentence))).toEqual(sentences);
      expect(alone.verdict).toBe(values.includes("anomalous") ? "anomalous" : "verified");
      const files = [join(directory, "site.jsonl")];
      expect((await judgeActivityLogs({ files, map: undefined, terms })).verdict).toEqual(alone);
    },
  );

  it("is the operator's own word, and the report says so", async () => {
    await onRecord(logOf({}));
    const [report] = [...record.state.evidence.reports.values()];
    expect(report?.body.feeds).toEqual([{ kind: "activity-log", signer: "aster" }]);
  });
});
