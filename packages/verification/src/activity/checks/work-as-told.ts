import { ACTIVITIES, NO_NUMBER, NO_TEXT, type TextColumn } from "@standstill/evidence/activity";
import { type ActivityContext, expectedFlop, INFERENCE, statedFlop, TRAINING } from "../context.ts";
import { type ActivityFinding, type ActivityGap, Grouped, recordsThat } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

const base = { obligation: "work-as-told" } as const;

/** FLOP for each token as model and activity say: 6 for each parameter in training, 2 in inference and evaluation. */
export const workPerToken: RecordCheck = {
  id: "work-per-token",
  obligation: "work-as-told",
  needs: ["flop", "tokens", "model"],
  about:
    "FLOP against tokens, on both sides: more than the activity needs, as in training that is told as serving, or less than the tokens need.",
  run(subject) {
    const { table, tolerances } = subject;
    const [more, less, without] = [1, 2, 3].map(() => new Grouped<number>());
    const ratios = new Map<number, [least: number, most: number]>();
    let unknown = 0;
    for (let i = 0; i < table.count; i++) {
      const stated = statedFlop(table, i);
      if (stated === undefined || stated === 0) {
        if (stated === 0 && (table.tokens[i] as number) > 0)
          less?.add(table.workload[i] as number, i);
        continue;
      }
      const expected = expectedFlop(subject, i);
      if (expected === undefined) {
        const activity = table.activity[i] as number;
        const isAsked = subject.terms.models !== undefined;
        if (isAsked && (activity === TRAINING || activity === INFERENCE)) unknown++;
        continue;
      }
      const workload = table.workload[i] as number;
      if (expected === 0) {
        without?.add(workload, i);
        continue;
      }
      const ratio = stated / expected;
      if (ratio > tolerances.flopPerTokenHigh) more?.add(workload, i);
      else if (ratio < tolerances.flopPerTokenLow) less?.add(workload, i);
      else continue;
      const known = ratios.get(workload) ?? [ratio, ratio];
      ratios.set(workload, [Math.min(known[0], ratio), Math.max(known[1], ratio)]);
    }
    const what = (first: number) =>
      `${ACTIVITIES[table.activity[first] as number]} of ${table.texts.get(table.model[first] as number)}`;
    const check = { ...base, check: "work-per-token", severity: "contradiction" } as const;
    const findings: ActivityFinding[] = [
      ...(more as Grouped<number>).findings(table, (workload, count, first) => {
        const times = (ratios.get(workload)?.[1] ?? 0).toFixed(2);
        return {
          ...check,
          numbers: { times },
          sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of up to ${times} times the FLOP that their tokens need in ${what(first)}.`,
        };
      }),
      ...(less as Grouped<number>).findings(table, (workload, count, first) => {
        const times = (ratios.get(workload)?.[0] ?? 0).toFixed(2);
        return {
          ...check,
          numbers: { times },
          sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of as little as ${times} times the FLOP that their tokens need in ${what(first)}.`,
        };
      }),
      ...(without as Grouped<number>).findings(table, (workload, count, first) => ({
        ...check,
        numbers: {},
        sentence: `${recordsThat(count, "tell", `of ${table.texts.get(workload)}`)} of FLOP in ${what(first)}, and of no tokens.`,
      })),
    ];
    const gaps: ActivityGap[] =
      unknown === 0
        ? []
        : [
            {
              code: "work-not-comparable",
              ...base,
              numbers: { records: unknown },
              sentence: `${recordsThat(unknown, "name")} no declared model or no tokens: whether their FLOP fit cannot be told.`,
            },
          ];
    return { findings, gaps };
  },
};

/** Fields that the terms ask for. */
export const fieldsThere: RecordCheck = {
  id: "fields-there",
  obligation: "work-as-told",
  needs: [],
  about:
    "Fields that the terms ask for in records of an activity, and compute that is not stated at all.",
  run(subject: ActivityContext) {
    const { table, terms } = subject;
    const absent = new Grouped<string>();
    const wanted = ACTIVITIES.map((activity) => terms.required?.[activity] ?? []);
    const isThere = (name: string, i: number): boolean => {
      if (name === "flop") return statedFlop(table, i) !== undefined;
      if (name === "previous") return true;
      if (name === "dataSources") return table.dataSources[i] !== 0;
      if (name === "tokens" || name === "batchSize" || name === "sequenceLength") {
        return table[name][i] !== NO_NUMBER;
      }
      return table[name as TextColumn][i] !== NO_TEXT;
    };
    let uncounted = 0;
    for (let i = 0; i < table.count; i++) {
      const activity = table.activity[i] as number;
      for (const name of wanted[activity] as readonly string[]) {
        if (!isThere(name, i)) absent.add(`${ACTIVITIES[activity]} ${name}`, i);
      }
      const isWork = ACTIVITIES[activity] !== "idle";
      if (isWork && !isThere("flop", i) && expectedFlop(subject, i) === undefined) uncounted++;
    }
    if (
      wanted.some((names) => names.includes("previous")) &&
      table.chained < table.count - table.files.length
    ) {
      absent.add("every previous", 0);
    }
    const gap: ActivityGap = {
      code: "compute-not-stated",
      ...base,
      numbers: { records: uncounted },
      sentence: `${recordsThat(uncounted, "state", "of work")} no FLOP, and nothing from which they follow: they count as anything up to their device's peak.`,
    };
    return {
      findings: absent.findings(table, (key, count) => {
        const [activity, name] = key.split(" ");
        return {
          ...base,
          check: "fields-there",
          severity: "contradiction",
          numbers: {},
          sentence: `${recordsThat(count, "lack", "", `${activity} `)} ${name}, which the terms ask for.`,
        };
      }),
      gaps: uncounted === 0 ? [] : [gap],
    };
  },
};
