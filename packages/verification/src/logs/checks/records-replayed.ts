import { there } from "@standstill/record";
import { FIRST_HASH, hashWith } from "@standstill/statistics";
import { thresholds } from "../../methods/draft/thresholds.ts";
import { IDLE, statedFlop, timeText } from "../context.ts";
import { Grouped } from "../records.ts";
import { logCheck } from "./check.ts";

/** What a device did is told once more later, to the last digit. */
export const recordsReplayed = logCheck({
  id: "records-replayed",
  rule: "work-as-told",
  fields: ["flop"],
  run(subject) {
    const { table, order, from, devices, repeated } = subject;
    const found = new Grouped<number>(subject);
    const places = new Map<number, readonly [then: number, now: number]>();
    for (let d = 0; d < devices.length; d++) {
      const device = there(devices[d]);
      const records: number[] = [];
      const values: number[] = [];
      for (let k = there(from[d]); k < there(from[d + 1]); k++) {
        const record = there(order[k]);
        if (repeated[record] === 1 || table.activity[record] === IDLE) continue;
        const value = statedFlop(table, record) ?? there(table.tokens[record]);
        records.push(record);
        values.push(value);
      }
      for (const [then, now] of returns(values)) {
        found.add(device, there(records[now]));
        if (!places.has(device)) {
          places.set(device, [there(records[then]), there(records[now])]);
        }
      }
    }
    return {
      findings: found.findings((device, count) => {
        const [then, now] = there(places.get(device));
        return {
          severity: "suspicion",
          about: table.texts.get(device),
          sentence: `What ${table.texts.get(device)} did from ${timeText(there(table.startMs[then]))} on returns to the last digit from ${timeText(there(table.startMs[now]))} on, in ${count} ${count === 1 ? "record" : "records"}.`,
        };
      }),
      gaps: [],
    };
  },
});

/** Where a stretch of values returns: the ends of the earlier and the later one. */
function returns(values: readonly number[]): [then: number, now: number][] {
  const numbers = new Map<number, number>();
  const ids = new Int32Array(values.length);
  for (const [i, value] of values.entries()) {
    let id = numbers.get(value);
    if (id === undefined) {
      id = numbers.size;
      numbers.set(value, id);
    }
    ids[i] = id;
  }
  const found: [number, number][] = [];
  const stretches = thresholds.logs.replayed.map((rule) => ({
    ...rule,
    seen: new Map<number, number>(),
    last: new Last(rule.inARow, numbers.size),
  }));
  for (let end = 0; end < ids.length; end++) {
    for (const { last } of stretches) last.take(ids, end);
    // The longer rule is for where the shorter one cannot tell.
    for (const { inARow, different, seen, last } of stretches) {
      if (end < inARow - 1 || last.different < different) continue;
      let hash = FIRST_HASH;
      for (let k = end - inARow + 1; k <= end; k++) hash = hashWith(hash, there(ids[k]));
      const then = seen.get(hash);
      if (then === undefined) seen.set(hash, end);
      else if (end - then >= inARow && isSame(ids, then, end, inARow)) found.push([then, end]);
      break;
    }
  }
  return found;
}

/** How many of the last few values differ. */
class Last {
  different = 0;
  readonly #counts: Uint8Array;
  readonly #length: number;

  constructor(length: number, values: number) {
    this.#length = length;
    this.#counts = new Uint8Array(values);
  }

  take(ids: Int32Array, end: number): void {
    const counts = this.#counts;
    const id = there(ids[end]);
    if (counts[id] === 0) this.different++;
    counts[id] = there(counts[id]) + 1;
    if (end < this.#length) return;
    const left = there(ids[end - this.#length]);
    counts[left] = there(counts[left]) - 1;
    if (counts[left] === 0) this.different--;
  }
}

function isSame(ids: Int32Array, a: number, b: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (ids[a - k] !== ids[b - k]) return false;
  return true;
}
