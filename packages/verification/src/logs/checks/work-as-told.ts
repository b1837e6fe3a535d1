import type { RequirableField } from "@standstill/agreement";
import { ACTIVITIES, NO_NUMBER, NO_TEXT } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import type { FindingTold } from "../../finding.ts";
import { expectedFlop, INFERENCE, isJudged, statedFlop, TRAINING } from "../context.ts";
import { Grouped, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

/** FLOP for each token as model and activity say: 6 for each parameter in training, 2 in inference and evaluation. */
export const workPerToken = logCheck({
  id: "work-per-token",
  rule: "work-as-told",
  fields: ["flop", "tokens", "model"],
  run(subject) {
    const { table, tolerances } = subject;
    const more = new Grouped<number>(subject);
    const less = new Grouped<number>(subject);
    const without = new Grouped<number>(subject);
    const ratios = new Map<number, [least: number, most: number]>();
    let unknown = 0;
    for (let i = 0; i < table.count; i++) {
      const stated = statedFlop(table, i);
      if (stated === undefined || stated === 0) {
        if (stated === 0 && there(table.tokens[i]) > 0) less.add(there(table.workload[i]), i);
        continue;
      }
      const expected = expectedFlop(subject, i);
      if (expected === undefined) {
        const activity = there(table.activity[i]);
        const isAsked = subject.terms.models !== undefined;
        if (isAsked && isJudged(subject, i) && (activity === TRAINING || activity === INFERENCE))
          unknown++;
        continue;
      }
      const workload = there(table.workload[i]);
      if (expected === 0) {
        without.add(workload, i);
        continue;
      }
      const ratio = stated / expected;
      if (ratio > tolerances.flopPerTokenHigh) more.add(workload, i);
      else if (ratio < tolerances.flopPerTokenLow) less.add(workload, i);
      else continue;
      const known = ratios.get(workload) ?? [ratio, ratio];
      ratios.set(workload, [Math.min(known[0], ratio), Math.max(known[1], ratio)]);
    }
    const what = (first: number) =>
      `${ACTIVITIES[there(table.activity[first])]} of ${table.texts.get(there(table.model[first]))}`;
    const about = (workload: number) =>
      ({ severity: "contradiction", about: table.texts.get(workload) }) as const;
    const findings: FindingTold[] = [
      ...more.findings((workload, count, first) => {
        const times = (ratios.get(workload)?.[1] ?? 0).toFixed(2);
        return {
          ...about(workload),
          numbers: { times },
          sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of up to ${times} times the FLOP that their tokens need in ${what(first)}.`,
        };
      }),
      ...less.findings((workload, count, first) => {
        const times = (ratios.get(workload)?.[0] ?? 0).toFixed(2);
        return {
          ...about(workload),
          numbers: { times },
          sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of as little as ${times} times the FLOP that their tokens need in ${what(first)}.`,
        };
      }),
      ...without.findings((workload, count, first) => ({
        ...about(workload),
        sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of FLOP in ${what(first)}, and of no tokens.`,
      })),
    ];
    const sentence = `${recordsThat(unknown, "name")} no declared model or no tokens: whether their FLOP fit cannot be told.`;
    const gap = logGap("work-not-comparable", sentence, { records: unknown });
    return { findings, gaps: unknown === 0 ? [] : [gap] };
  },
});

/** Fields that the terms ask for. */
export const fieldsThere = logCheck({
  id: "fields-there",
  rule: "work-as-told",
  fields: [],
  run(subject) {
    const { table, terms } = subject;
    const absent = new Grouped<string>(subject);
    const wanted = ACTIVITIES.map((activity) => terms.required?.[activity] ?? []);
    const isThere = (name: RequirableField, i: number): boolean => {
      if (name === "flop") return statedFlop(table, i) !== undefined;
      if (name === "previous") return true;
      if (name === "dataSources") return table.dataSources[i] !== 0;
      if (name === "tokens" || name === "batchSize" || name === "sequenceLength") {
        return table[name][i] !== NO_NUMBER;
      }
      return table[name][i] !== NO_TEXT;
    };
    let uncounted = 0;
    for (let i = 0; i < table.count; i++) {
      const activity = there(table.activity[i]);
      for (const name of there(wanted[activity])) {
        if (!isThere(name, i)) absent.add(`${ACTIVITIES[activity]} ${name}`, i);
      }
      const isWork = ACTIVITIES[activity] !== "idle";
      if (
        isWork &&
        isJudged(subject, i) &&
        !isThere("flop", i) &&
        expectedFlop(subject, i) === undefined
      )
        uncounted++;
    }
    if (
      wanted.some((names) => names.includes("previous")) &&
      table.chained < table.count - table.files.length
    ) {
      absent.add("every previous", 0);
    }
    const sentence = `${recordsThat(uncounted, "state", "of work")} no FLOP, and nothing from which they follow: they count as anything up to their device's peak.`;
    const gap = logGap("compute-not-stated", sentence, { records: uncounted });
    return {
      findings: absent.findings((key, count) => {
        const [activity, name = ""] = key.split(" ");
        return {
          severity: "contradiction",
          about: name,
          sentence: `${recordsThat(count, "lack", "", `${activity} `)} ${name}, which the terms ask for.`,
        };
      }),
      gaps: uncounted === 0 ? [] : [gap],
    };
  },
});
