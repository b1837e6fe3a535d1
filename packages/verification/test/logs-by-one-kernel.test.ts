import { type ActivityTerms, dutiesIfBound, dutiesOfActivityTerms } from "@standstill/agreement";
import { type SiteEvidence, sealEvidence } from "@standstill/evidence";
import { readActivityTable } from "@standstill/evidence/activity";
import { utf8 } from "@standstill/record";
import { randomFrom } from "@standstill/statistics";
import { judge, nothingBeside, type Subject } from "@standstill/verification";
import { judgeActivity } from "@standstill/verification/logs";
import {
  type ActivityCase,
  activityEvasions,
  honestActivity,
  logText,
} from "@standstill/verification/play";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terms as agreed } from "./subjects.ts";

const NAME = "site.jsonl";

/** A log as part of the evidence of a site's period, under an agreement that says of logs what terms for logs alone say. */
function reported({ terms, window, logs }: Told): Subject {
  const { limits: _, devices, window: span, ...rules } = terms;
  const longest = span.longestRecordSeconds;
  const ofLogs = {
    ...agreed,
    obligations: dutiesOfActivityTerms(terms).flatMap(({ duties }) =>
      duties.map(({ obligation }) => obligation),
    ),
    logs: { ...rules, ...(longest === undefined ? {} : { longestRecordSeconds: longest }) },
  };
  const period = { startMs: Date.parse(span.start), endMs: Date.parse(span.end) };
  const evidence: SiteEvidence = {
    salt: "00".repeat(32),
    windows: undefined,
    jobs: undefined,
    counters: [],
    logs: logs.map((content, i) => ({ name: i === 0 ? NAME : `${i}-${NAME}`, content })),
  };
  const { startMs, endMs } = window ?? period;
  const nodes = [...new Set(devices.map(({ device }) => device.split("/")[0] ?? ""))];
  const inForce = dutiesIfBound(ofLogs, "made", "cap", startMs, endMs);
  const unbound = { mode: null, basis: null, terms: null, pause: null, duties: [] } as const;
  return {
    party: "made",
    terms: ofLogs,
    site: {
      site: "made/site",
      title: "Made",
      nodes: nodes.map((device) => ({
        device,
        accelerator: "h100-sxm5",
        accelerators: devices.filter((one) => one.device.startsWith(`${device}/`)).length,
      })),
    },
    runs: [],
    period,
    duties: [
      ...(startMs > period.startMs
        ? [{ ...unbound, startMs: period.startMs, endMs: startMs }]
        : []),
      ...inForce,
      ...(endMs < period.endMs ? [{ ...unbound, startMs: endMs, endMs: period.endMs }] : []),
    ],
    feeds: [{ kind: "activity-log", feedClass: "operator" }],
    evidence,
    beside: nothingBeside,
    seal: sealEvidence(evidence),
    seed: "made",
  };
}

interface Told {
  readonly terms: ActivityTerms;
  readonly logs: readonly Uint8Array[];
  /** Time in which the party was bound, where it was not all the time. */
  readonly window?: { readonly startMs: number; readonly endMs: number };
}

/** The catalogue's peaks, as a site's declaration gives them. */
function withCatalogue(terms: ActivityTerms): ActivityTerms {
  const { peak } = agreed.accelerators.find(({ id }) => id === "h100-sxm5") ?? { peak: {} };
  return { ...terms, devices: terms.devices.map(({ device }) => ({ device, peak: { ...peak } })) };
}

const said = (duties: ReturnType<typeof judge>["duties"]) =>
  duties.map(({ id, verdict, findings, gaps }) => ({ id, verdict, findings, gaps }));

describe("the same log under the same terms", () => {
  const honest = (seed: string) => honestActivity(seed, { devices: 16, minutes: 120 });
  const cases: [string, string, ActivityTerms][] = ["one", "two", "three"].map((seed) => {
    const { records, terms } = honest(seed);
    return [`nobody cheats, ${seed}`, logText(records, true), terms];
  });
  for (const { id, commit, edit } of activityEvasions) {
    const random = randomFrom(id);
    const cheat: ActivityCase | undefined = commit(honest(id), random, 0.5);
    if (cheat === undefined) continue;
    const text = logText(cheat.records, true);
    cases.push([id, edit === undefined ? text : edit(text, random), cheat.terms]);
  }

  it.each(cases)(
    "gets the same verdict alone and reported with a period: %s",
    (_id, text, told) => {
      const terms = withCatalogue(told);
      const { duties } = judge(reported({ terms, logs: [utf8(text)] }));
      const alone = judgeActivity(readActivityTable([{ name: NAME, content: text }]), terms);
      const reportedFindings = said(duties).flatMap(({ id, findings }) =>
        findings.map(({ duty: _, ...finding }) => ({ ...finding, obligation: id })),
      );
      expect(reportedFindings).toEqual(alone.findings);
      expect(
        said(duties).map(({ verdict, id }) => [id, verdict === "verified" ? true : verdict]),
      ).toEqual(
        alone.obligations.map(({ id, kept }) => [
          id,
          kept === true ? true : kept === false ? "anomalous" : "unverified",
        ]),
      );
      expect(duties.flatMap(({ gaps }) => gaps.map(({ sentence }) => sentence))).toEqual(
        alone.gaps.map(({ sentence }) => sentence),
      );
    },
  );

  it("several logs of one period are judged as one", () => {
    const { records, terms: told } = honest("two logs");
    const terms = withCatalogue(told);
    const half = (odd: boolean) =>
      records.filter(({ device }) => device.startsWith("node-0/") === odd);
    const parts = [half(true), half(false)].map((part) => utf8(logText(part, false)));
    const { duties } = judge(reported({ terms, logs: parts }));
    expect(duties.map(({ verdict }) => verdict)).toEqual(duties.map(() => "verified"));
  });
});

describe("a party that was bound for a part of a log's time", () => {
  const minutes = 120;
  const start = Date.parse("2026-11-01T00:00:00Z");

  it("is not accused of an honest log, whatever part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: minutes * 60 - 2 }),
        fc.integer({ min: 1, max: minutes * 60 }),
        (seed, from, length) => {
          const { records, terms: told } = honestActivity(`part ${seed}`, { devices: 8, minutes });
          const terms = withCatalogue(told);
          const startMs = start + from * 1000;
          const window = {
            startMs,
            endMs: Math.min(startMs + length * 1000, start + minutes * 60_000),
          };
          const { duties } = judge(
            reported({ terms, window, logs: [utf8(logText(records, true))] }),
          );
          expect(duties.flatMap(({ findings }) => findings)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is judged by what it did in that time, and by nothing else", () => {
    const { records, terms: told } = honestActivity("turn", { devices: 8, minutes });
    const terms = withCatalogue(told);
    const turn = start + 60 * 60_000;
    // From the turn on one device tells of ten times its peak.
    const cheated = records.map((record) =>
      record.start >= turn && record.device === "node-0/gpu-0" && record.flop !== undefined
        ? { ...record, flop: 989_400_000_000_000n * 10n * 300n }
        : record,
    );
    const logs = [utf8(logText(cheated, true))];
    const checksOf = (window: Told["window"]) =>
      judge(reported({ terms, logs, ...(window === undefined ? {} : { window }) })).duties.flatMap(
        ({ findings }) => findings.map(({ check }) => check),
      );
    expect(checksOf({ startMs: start, endMs: turn })).toEqual([]);
    expect(checksOf({ startMs: turn, endMs: start + minutes * 60_000 })).toContain("work-possible");
  });
});

describe("where an obligation rests on logs and there is none", () => {
  const { terms } = honestActivity("none", { devices: 8, minutes: 60 });

  it("every duty that rests on one is left open, and nobody is accused", () => {
    for (const [logs, code] of [
      [[], "no-log"],
      [[new Uint8Array(5 << 20).fill(97)], "log-unreadable"],
    ] as const) {
      const { duties } = judge(reported({ terms: withCatalogue(terms), logs }));
      for (const { verdict, findings, gaps } of duties) {
        expect(findings).toEqual([]);
        expect(verdict).toBe("unverified");
        expect(gaps.map((one) => one.code)).toContain(code);
      }
    }
  });

  it("an empty log is no log of nothing", () => {
    const { duties } = judge(reported({ terms: withCatalogue(terms), logs: [utf8("\n")] }));
    const byId = new Map(duties.map(({ id, verdict }) => [id, verdict]));
    expect(byId.get("time-covered")).toBe("anomalous");
    expect(byId.get("log-whole")).toBe("unverified");
  });

  it("a log that was changed after the seal is a finding for each of them", () => {
    const { records } = honestActivity("none", { devices: 8, minutes: 60 });
    const subject = reported({ terms: withCatalogue(terms), logs: [utf8(logText(records, true))] });
    const [log] = subject.evidence.logs;
    const content = utf8(`${new TextDecoder().decode(log?.content)}\n`);
    const changed = { ...subject.evidence, logs: [{ name: NAME, content }] };
    const { duties } = judge({ ...subject, evidence: changed });
    for (const { findings } of duties)
      expect(findings.map(({ check }) => check)).toContain("opening");
  });
});
