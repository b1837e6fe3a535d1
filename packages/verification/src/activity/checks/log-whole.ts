import {
  type ActivityFinding,
  type ActivityGap,
  Grouped,
  placeOf,
  recordsThat,
} from "../finding.ts";
import type { RecordCheck } from "./check.ts";

/** Lines that are no records, and a chain of hashes that is broken. */
export const logWhole: RecordCheck = {
  id: "log-whole",
  obligation: "log-whole",
  needs: [],
  about: "Lines that are no records; records whose `previous` is not the hash of the line before.",
  run({ table }) {
    const findings: ActivityFinding[] = [];
    const gaps: ActivityGap[] = [];
    const broken = new Grouped<string>();
    for (const record of table.broken) broken.add("broken", record);
    findings.push(
      ...broken.findings(table, (_key, count) => ({
        check: "log-whole",
        obligation: "log-whole",
        severity: "contradiction",
        sentence: `${recordsThat(count, "name")} another line before them than the one that stands there: the log was changed after it was written.`,
        numbers: {},
      })),
    );
    const { count, first } = table.setAside;
    if (count > 0) {
      const [one] = first;
      const place =
        one === undefined
          ? ""
          : `${table.files.length > 1 ? `${table.files[one.file]}:` : "line "}${one.line}`;
      gaps.push({
        code: "lines-set-aside",
        obligation: "log-whole",
        numbers: { lines: count },
        sentence: `${count} lines are no records and were set aside; the first is ${place}: ${one?.reason}.`,
      });
    }
    if (table.unknownFields.length > 0) {
      gaps.push({
        code: "fields-unknown",
        obligation: "log-whole",
        numbers: {},
        sentence: `Records have fields that are not known and were not read: ${table.unknownFields.slice(0, 10).join(", ")}.`,
      });
    }
    const unchained = table.count - table.files.length - table.chained;
    if (table.chained > 0 && unchained > 0) {
      gaps.push({
        code: "chain-incomplete",
        obligation: "log-whole",
        numbers: { records: unchained },
        sentence: `${recordsThat(unchained, "do")} not name the line before them, though others do: whether lines were put in there cannot be told.`,
      });
    }
    return { findings, gaps };
  },
};

/** Lines of a device that stand later in a chained file than their time: what was put in afterwards looks like that. */
export const writtenInOrder: RecordCheck = {
  id: "written-in-order",
  obligation: "log-whole",
  needs: ["previous"],
  about: "In a log that is kept as a chain, a device's records stand in the order of their time.",
  run({ table, order, from, devices }) {
    if (table.chained === 0) return { findings: [], gaps: [] };
    const late = new Grouped<number>();
    for (let d = 0; d < devices.length; d++) {
      let latest = -1;
      for (let k = from[d] as number; k < (from[d + 1] as number); k++) {
        const record = order[k] as number;
        if (record < latest) late.add(devices[d] as number, latest);
        latest = Math.max(latest, record);
      }
    }
    return {
      findings: late.findings(table, (device, count, first) => ({
        check: "written-in-order",
        obligation: "log-whole",
        severity: "suspicion",
        sentence: `${recordsThat(count, "stand", `of ${table.texts.get(device)}`)} after later ones in a log that is kept as a chain (the first: ${placeOf(table, first)}); they were written afterwards.`,
        numbers: {},
      })),
      gaps: [],
    };
  },
};
