import { there } from "@standstill/record";
import type { FindingTold, GapTold } from "../../finding.ts";
import { Grouped, logGap, placeOf, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

/** Lines that are no records, and a chain of hashes that is broken. */
export const logWhole = logCheck({
  id: "log-whole",
  rule: "log-whole",
  fields: [],
  run(subject) {
    const { table } = subject;
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    const broken = new Grouped<string>(subject);
    for (const record of table.broken) broken.add("broken", record);
    findings.push(
      ...broken.findings((_key, count) => ({
        severity: "contradiction",
        about: "log",
        sentence: `${recordsThat(count, "name")} another line before them than the one that stands there: the log was changed after it was written.`,
      })),
    );
    const { count, first } = table.setAside;
    if (count > 0) {
      const [one] = first;
      const place =
        one === undefined
          ? ""
          : `${table.files.length > 1 ? `${table.files[one.file]}:` : "line "}${one.line}`;
      const sentence = `${count} lines are no records and were set aside; the first is ${place}: ${one?.reason}.`;
      gaps.push(logGap("lines-set-aside", sentence, { lines: count }));
    }
    if (table.unknownFields.length > 0) {
      const sentence = `Records have fields that are not known and were not read: ${table.unknownFields.slice(0, 10).join(", ")}.`;
      gaps.push(logGap("fields-unknown", sentence));
    }
    const unchained = table.count - table.files.length - table.chained;
    if (table.chained > 0 && unchained > 0) {
      const sentence = `${recordsThat(unchained, "do")} not name the line before them, though others do: whether lines were put in there cannot be told.`;
      gaps.push(logGap("chain-incomplete", sentence, { records: unchained }));
    }
    if (table.count === 0) gaps.push(logGap("no-records", "There are no records."));
    return { findings, gaps };
  },
});

/** Lines of a device that stand later in a chained file than their time: what was put in afterwards looks like that. */
export const writtenInOrder = logCheck({
  id: "written-in-order",
  rule: "log-whole",
  fields: ["previous"],
  run(subject) {
    const { table, order, from, devices } = subject;
    if (table.chained === 0) return { findings: [], gaps: [] };
    const late = new Grouped<number>(subject);
    for (let d = 0; d < devices.length; d++) {
      let latest = -1;
      for (let k = there(from[d]); k < there(from[d + 1]); k++) {
        const record = there(order[k]);
        if (record < latest) late.add(there(devices[d]), latest);
        latest = Math.max(latest, record);
      }
    }
    return {
      findings: late.findings((device, count, first) => ({
        severity: "suspicion",
        about: table.texts.get(device),
        sentence: `${recordsThat(count, "stand", `of ${table.texts.get(device)}`)} after later ones in a log that is kept as a chain (the first: ${placeOf(table, first)}); they were written afterwards.`,
      })),
      gaps: [],
    };
  },
});
