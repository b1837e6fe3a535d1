import { millionths, parseQuantity, there } from "@standstill/record";
import { counterNamed, nodeSeries } from "../counters.ts";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  silent,
} from "../finding.ts";
import { runGroups, windowOwners } from "../run-groups.ts";
import { about, counterWords } from "../words/index.ts";
import { placeOf } from "./work-explained.ts";

/**
 * A model that works is in memory: on each node where nodes work separately, over all of them where they work together. A small
 * model under the name of a large one, which would explain more work per token, does not fill it.
 */
export const modelInMemory: EvidenceCheck = {
  id: "model-in-memory",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["counters"],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => {
    const yardstick = subject.terms.yardsticks?.counters?.bytesPerParameter;
    const counter = counterNamed(subject, "memory-used");
    if (yardstick === undefined || counter === undefined) return silent;
    const groups = runGroups(subject.runs).filter(({ runs }) => runs.length === 1);
    const owners = windowOwners(groups, counter);
    const findings = groups.flatMap((group, i): FindingTold[] => {
      const run = there(group.runs[0]);
      if (run.work.basis !== "tokens" || run.activity === "other") return [];
      const most = run.nodes.map((node): number | undefined => {
        const series = nodeSeries(counter, node, "sum");
        const owner = owners.get(node);
        if (series === undefined || owner === undefined) return undefined;
        let highest: number | undefined;
        for (let w = 0; w < counter.count; w++) {
          if (owner[w] !== i || series.known[w] === 0) continue;
          highest = Math.max(highest ?? 0, there(series.values[w]));
        }
        return highest;
      });
      const bytes = most.filter((one) => one !== undefined);
      if (bytes.length < most.length) return [];
      const held = run.nodesTogether
        ? bytes.reduce((total, one) => total + BigInt(one), 0n)
        : BigInt(bytes.reduce((least, one) => Math.min(least, one), Number.MAX_SAFE_INTEGER));
      const each = run.activity === "training" ? yardstick.training : yardstick.inference;
      const needed =
        (parseQuantity(run.work.parameters, "parameters") * millionths(each)) / 1_000_000n;
      if (held >= needed) return [];
      return [
        contradiction(
          run.run,
          counterWords.memoryTooSmall(run.run, about(held, "bytes"), about(needed, "bytes")),
          {
            numbers: { held: `${held} bytes`, needed: `${needed} bytes` },
            where: placeOf(group),
          },
        ),
      ];
    });
    return { findings, gaps: [] };
  },
};
