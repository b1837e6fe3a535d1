import { readFileSync } from "node:fs";
import {
  type CheckableTerms,
  dutiesIfBound,
  isCheckable,
  type Mode,
  parseDraft,
  type Terms,
} from "@standstill/agreement";
import { type Run, type SiteEvidence, sealEvidence, type Windows } from "@standstill/evidence";
import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import {
  accountOf,
  type CheckResult,
  checks,
  dutiesInForce,
  nothingBeside,
  type Subject,
  subjectOfBundle,
} from "@standstill/verification";

const agreements = new URL("../../../agreements/", import.meta.url);

function readTerms(): CheckableTerms<Terms> {
  const draft = parseDraft(readFileSync(new URL("example.yaml", agreements), "utf8"));
  const terms = { ...draft, keys: [], log: { vkey: "" }, witnessKeys: [] };
  if (!isCheckable<Terms>(terms))
    throw new Error("expected terms that say how compute is measured");
  return terms;
}

/** The example's terms, without keys: nothing here is signed. */
export const terms = readTerms();

/** A subject under terms, bound to a mode for all of its period. */
export function boundTo(
  subject: Omit<Subject, "duties">,
  agreed: Subject["terms"] = subject.terms,
  mode: Mode = "cap",
): Subject {
  const { party, period } = subject;
  const duties = dutiesIfBound(agreed, party, mode, period.startMs, period.endMs);
  return { ...subject, terms: agreed, duties };
}

/** What one check says of a subject: of its evidence, or of each duty that it serves. */
export function saidBy(id: string, subject: Subject): CheckResult {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`expected a check, got ${id}`);
  const account = accountOf(subject);
  if (check.of === "log" || check.of === "log-duty")
    throw new Error(`expected a check of readings, got ${id}`);
  if (check.of === "evidence") return check.run(subject, account);
  const results = dutiesInForce(subject)
    .filter(({ kind }) => check.serves.includes(kind))
    .map((duty) => check.run(duty, subject, account));
  return {
    findings: results.flatMap(({ findings }) => findings),
    gaps: results.flatMap(({ gaps }) => gaps),
  };
}

/** A party of the example as a subject, judged offline. */
export async function exampleSubject(party: string): Promise<Subject> {
  const bundle = await readBundle(new URL(`example/${party}`, agreements).pathname);
  const evidence = siteEvidenceOffline(bundle, terms.window.milliseconds, "00".repeat(32));
  const subject = subjectOfBundle(bundle, evidence, terms, "cap");
  return { ...subject, beside: nothingBeside, seed: "test" };
}

/** A site of H100 nodes with given power series in W, one value for each window, declared as one run. */
export function madeSubject(
  series: readonly (readonly number[])[],
  run: Partial<Run> = {},
): Subject {
  const count = series[0]?.length ?? 0;
  const period = { startMs: 0, endMs: count * 4000 };
  const devices = series.map((_, i) => `node-${i}`);
  const milliwatts = series.flat().map((watts) => Math.round(watts * 1000));
  const windows: Windows = {
    startMs: 0,
    windowMs: 4000,
    count,
    devices,
    readings: Uint16Array.from(milliwatts, () => 2),
    powerMilliwatts: Uint32Array.from(milliwatts),
    energyMillijoules: Uint32Array.from(milliwatts, (power) => power * 4),
  };
  const evidence: SiteEvidence = {
    salt: "00".repeat(32),
    windows,
    jobs: undefined,
    counters: [],
    logs: [],
  };
  const whole: Run = {
    run: "made/run",
    site: "made/site",
    activity: "inference",
    model: "made",
    precision: "bf16",
    work: { basis: "tokens", parameters: "70000000000 parameters", tokens: "10000000 tokens" },
    nodes: devices,
    period: { start: new Date(0).toISOString(), end: new Date(period.endMs).toISOString() },
    nodesTogether: false,
    ...run,
  };
  return boundTo({
    party: "made",
    terms,
    site: {
      site: "made/site",
      title: "Made",
      nodes: devices.map((device) => ({ device, accelerator: "h100-sxm5", accelerators: 8 })),
    },
    runs: [whole],
    period,
    feeds: [{ kind: "node-power", feedClass: "operator" }],
    evidence,
    beside: nothingBeside,
    seal: sealEvidence(evidence),
    seed: "made",
  });
}
