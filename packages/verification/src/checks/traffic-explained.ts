import type { Run } from "@standstill/evidence";
import { parseQuantity, there } from "@standstill/record";
import { highestPeak, timeInPeriod } from "../account/index.ts";
import { counterNamed, nodeSeries } from "../counters.ts";
import {
  type CheckResult,
  type EvidenceCheck,
  type FindingTold,
  silent,
  suspicion,
} from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { type RunGroup, runGroups, windowOwners } from "../run-groups.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { about, counterWords } from "../words/index.ts";
import { placeOf } from "./work-explained.ts";

/**
 * What nodes sent against what they are declared to answer: servers that work separately send their tokens and little else, while
 * nodes that train together send gradients. Traffic within a node is not looked at.
 */
export const trafficExplained: EvidenceCheck = {
  id: "traffic-explained",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["counters"],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => {
    const yardstick = subject.terms.yardsticks?.counters;
    const counter = counterNamed(subject, "network-sent");
    if (yardstick === undefined || counter === undefined) return silent;
    const groups = separateGroups(subject);
    const sent = sentBy(subject, groups);
    const quiet = parseQuantity(yardstick.quietTraffic, "bit/s");
    const perToken = parseQuantity(yardstick.bytesPerToken, "bytes");
    const findings = groups.flatMap((group, i): FindingTold[] => {
      const { bytes, nodeWindows, over, most } = there(sent[i]);
      if (over > thresholds.burstWindows)
        return [
          suspicion(
            group.about,
            counterWords.trafficBursts(group.about, over, about(BigInt(most), "bytes")),
            {
              numbers: { windows: `${over}`, mostInOne: `${most} bytes` },
              where: placeOf(group),
            },
          ),
        ];
      const tokens = group.runs.reduce((total, run) => {
        if (run.work.basis !== "tokens") return total;
        const { inside, all } = timeInPeriod(run, subject);
        return total + (parseQuantity(run.work.tokens, "tokens") * inside + all - 1n) / all;
      }, 0n);
      const seconds = (BigInt(nodeWindows) * BigInt(counter.windowMs)) / 1000n;
      const allowed = tokens * perToken + (seconds * quiet) / 8n;
      if (bytes <= allowed) return [];
      return [
        suspicion(
          group.about,
          counterWords.traffic(group.about, about(bytes, "bytes"), about(allowed, "bytes")),
          {
            numbers: { sent: `${bytes} bytes`, allowed: `${allowed} bytes`, tokens: `${tokens}` },
            where: placeOf(group),
          },
        ),
      ];
    });
    return { findings, gaps: [] };
  },
};

/**
 * What a node can send in a window at the most: the answers of its dense peak with the smallest model declared in the group, and what
 * else was agreed.
 */
function mostInWindow(
  subject: Subject,
  { runs }: RunGroup,
  device: string,
  windowMs: number,
): number {
  const yardstick = subject.terms.yardsticks?.counters;
  const node = nodesOf(subject).find((one) => one.device === device);
  if (yardstick === undefined || node === undefined) return Number.POSITIVE_INFINITY;
  let parameters: bigint | undefined;
  for (const { work } of runs) {
    if (work.basis !== "tokens") continue;
    const own = parseQuantity(work.parameters, "parameters");
    if (parameters === undefined || own < parameters) parameters = own;
  }
  if (parameters === undefined || parameters === 0n) return Number.POSITIVE_INFINITY;
  const flop = (node.accelerators * highestPeak(node.accelerator) * BigInt(windowMs)) / 1000n;
  const tokens = flop / (2n * parameters) + 1n;
  const quiet = (parseQuantity(yardstick.quietTraffic, "bit/s") * BigInt(windowMs)) / 8000n;
  return Number(tokens * parseQuantity(yardstick.bytesPerToken, "bytes") + quiet);
}

/** Groups of runs that all claim that each node works by itself, and tell their tokens. */
export function separateGroups(subject: Subject): RunGroup[] {
  return runGroups(subject.runs).filter(({ runs }) => runs.every(isSeparate));
}

function isSeparate(run: Run): boolean {
  return !run.nodesTogether && run.activity !== "training" && run.work.basis === "tokens";
}

interface Sent {
  bytes: bigint;
  nodeWindows: number;
  /** Windows in which a node sent more than it could answer at its peak, and the most that it sent in one. */
  over: number;
  most: number;
}

function sentBy(subject: Subject, groups: readonly RunGroup[]): Sent[] {
  const counter = counterNamed(subject, "network-sent");
  const sent = groups.map((): Sent => ({ bytes: 0n, nodeWindows: 0, over: 0, most: 0 }));
  if (counter === undefined) return sent;
  for (const [node, owner] of windowOwners(groups, counter)) {
    const series = nodeSeries(counter, node, "sum");
    if (series === undefined) continue;
    const limits = groups.map((group) => mostInWindow(subject, group, node, counter.windowMs));
    const bytes = new Float64Array(groups.length);
    const windows = new Float64Array(groups.length);
    for (let w = 0; w < counter.count; w++) {
      const of = there(owner[w]);
      if (of < 0 || series.known[w] === 0) continue;
      const value = there(series.values[w]);
      bytes[of] = there(bytes[of]) + value;
      if (value > there(limits[of])) {
        const one = there(sent[of]);
        one.over++;
        one.most = Math.max(one.most, value);
      }
      windows[of] = there(windows[of]) + 1;
    }
    for (const [i, one] of sent.entries()) {
      one.bytes += BigInt(there(bytes[i]));
      one.nodeWindows += there(windows[i]);
    }
  }
  return sent;
}
