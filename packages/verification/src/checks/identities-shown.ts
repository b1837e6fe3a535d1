import type { Measured } from "@standstill/evidence";
import { HOUR_MS, millionths } from "@standstill/record";
import { contradiction, type EvidenceCheck, type FindingTold, gap, silent } from "../finding.ts";
import { independently } from "../subject.ts";
import { recordWords } from "../words/index.ts";

/**
 * What hardware answered when others asked who it is: verified, failed, or neither. Failing is a finding, and so is one identity of two
 * devices, wherever they are; giving no answer is a gap, since services fail and firmware is missing from lists.
 */
export const identitiesShown: EvidenceCheck = {
  id: "identities-shown",
  of: "evidence",
  serves: ["accelerators-registered"],
  needs: [],
  accuses: true,
  run: (subject) => {
    const yardstick = subject.terms.yardsticks?.identities;
    if (yardstick === undefined) return silent;
    const { site, nodes } = subject.site;
    const answers = independently(subject, "identity").map(({ measured }) => measured);
    const since = subject.period.endMs - yardstick.maxAgeHours * HOUR_MS;
    const fresh = new Set<string>();
    const findings: FindingTold[] = [];
    for (const answer of answers) {
      if (answer.result === "failed") findings.push(failed(answer));
      const at = Date.parse(answer.at);
      const isOfSite = nodes.some(
        ({ device }) => answer.device === device || answer.device.startsWith(`${device}/`),
      );
      if (answer.result === "verified" && at >= since && at < subject.period.endMs && isOfSite)
        fresh.add(answer.device);
    }
    const own = answers.flatMap(({ device, identity }) =>
      identity === null ? [] : [{ site, device, identity }],
    );
    findings.push(...shownTwice(own, subject.beside.identities));
    const all = nodes.reduce((sum, { accelerators }) => sum + accelerators, 0);
    const missing = Math.max(0, all - fresh.size);
    const tolerated = Number(millionths(yardstick.unverifiable)) * all;
    const words = recordWords.identitiesMissing(missing, all, yardstick.maxAgeHours);
    const gaps = missing * 1_000_000 > tolerated ? [gap("identities-missing", words)] : [];
    return { findings, gaps };
  },
};

function failed(answer: Extract<Measured, { kind: "identity" }>): FindingTold {
  const reason = answer.reason ?? "no reason was given";
  return contradiction(answer.device, recordWords.identityFailed(answer.device, reason), {
    numbers: { at: answer.at },
  });
}

interface Shown {
  readonly site: string;
  readonly device: string;
  readonly identity: string;
}

function shownTwice(own: readonly Shown[], others: readonly Shown[]): FindingTold[] {
  const holders = new Map<string, Shown[]>();
  for (const one of [...own, ...others]) {
    const known = holders.get(one.identity) ?? [];
    if (!known.some((two) => two.site === one.site && two.device === one.device)) known.push(one);
    holders.set(one.identity, known);
  }
  const told = new Set<string>();
  return own.flatMap((one): FindingTold[] => {
    const other = holders
      .get(one.identity)
      ?.find((two) => two.site !== one.site || two.device !== one.device);
    if (other === undefined || told.has(one.device)) return [];
    told.add(one.device);
    const words = recordWords.identityTwice(one.device, `${other.device} of ${other.site}`);
    return [contradiction(one.device, words, { numbers: { identity: one.identity } })];
  });
}
