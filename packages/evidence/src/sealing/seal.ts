import {
  canonicalBytes,
  concatBytes,
  fromHex,
  HOUR_MS,
  sha256,
  there,
  toHex,
  utf8,
} from "@standstill/record";
import type { CounterWindows } from "../windows/counter-windows.ts";
import type { Windows } from "../windows/windows.ts";
import type { SiteEvidence } from "./site-evidence.ts";

/** What a period's report commits to before anybody knows what will be opened. */
export interface Seal {
  /** Root of a salted Merkle-sum tree over device-hours, in hexadecimal. */
  readonly root: string;
  /** Energy that the root commits to, in mJ. */
  readonly energyMillijoules: bigint;
}

/**
 * Seals a site's evidence: one leaf for each device and hour, bound to its energy and hidden by a salt of its own, one
 * leaf for each of its counters, one for the accounting, and one for each activity log. A node is bound to the energy of both halves, so the root cannot be opened to another sum.
 */
export function sealEvidence(evidence: SiteEvidence): Seal {
  const leaves = [
    ...(evidence.windows === undefined ? [] : windowLeaves(evidence.windows, evidence.salt)),
    ...evidence.counters.flatMap((counter) => counterLeaves(counter, evidence.salt)),
    ...(evidence.jobs === undefined
      ? []
      : [leaf(evidence.salt, "jobs", 0, 0n, canonicalBytes(evidence.jobs))]),
    // A space stands in no name of a device, so no device can be taken for a log.
    ...evidence.logs.map(({ name, content }) => leaf(evidence.salt, `log ${name}`, 0, 0n, content)),
  ];
  let level: readonly SumNode[] = leaves;
  while (level.length > 1) level = parents(level);
  const root = level[0] ?? { hash: sha256(new Uint8Array(0)), sum: 0n };
  return { root: toHex(root.hash), energyMillijoules: root.sum };
}

interface SumNode {
  readonly hash: Uint8Array;
  readonly sum: bigint;
}

function windowLeaves(windows: Windows, salt: string): SumNode[] {
  const perHour = Math.max(1, Math.floor(HOUR_MS / windows.windowMs));
  return windows.devices.flatMap((device, row) => {
    const nodes: SumNode[] = [];
    for (let first = 0; first < windows.count; first += perHour) {
      const end = Math.min(windows.count, first + perHour);
      const content = new DataView(new ArrayBuffer((end - first) * 10));
      let sum = 0;
      for (let w = first; w < end; w++) {
        const cell = row * windows.count + w;
        content.setUint16((w - first) * 10, there(windows.readings[cell]));
        content.setUint32((w - first) * 10 + 2, there(windows.powerMilliwatts[cell]));
        content.setUint32((w - first) * 10 + 6, there(windows.energyMillijoules[cell]));
        sum += there(windows.energyMillijoules[cell]);
      }
      nodes.push(
        leaf(
          salt,
          device,
          windows.startMs + first * windows.windowMs,
          BigInt(sum),
          new Uint8Array(content.buffer),
        ),
      );
    }
    return nodes;
  });
}

function counterLeaves(counter: CounterWindows, salt: string): SumNode[] {
  const perHour = Math.max(1, Math.floor(HOUR_MS / counter.windowMs));
  return counter.devices.flatMap((device, row) => {
    const nodes: SumNode[] = [];
    for (let first = 0; first < counter.count; first += perHour) {
      const end = Math.min(counter.count, first + perHour);
      const content = new DataView(new ArrayBuffer((end - first) * 10));
      for (let w = first; w < end; w++) {
        const cell = row * counter.count + w;
        content.setUint16((w - first) * 10, there(counter.readings[cell]));
        content.setBigUint64((w - first) * 10 + 2, BigInt(there(counter.values[cell])));
      }
      nodes.push(
        leaf(
          salt,
          // A space stands in no name of a device, so no device can be taken for a counter of another.
          `${counter.quantity} ${device}`,
          counter.startMs + first * counter.windowMs,
          0n,
          new Uint8Array(content.buffer),
        ),
      );
    }
    return nodes;
  });
}

function leaf(
  salt: string,
  name: string,
  startMs: number,
  sum: bigint,
  content: Uint8Array,
): SumNode {
  const label = concatBytes(
    bytes64(BigInt(startMs)),
    bytes64(BigInt(utf8(name).length)),
    utf8(name),
  );
  const own = sha256(concatBytes(utf8("standstill/salt"), fromHex(salt), label));
  return { hash: sha256(concatBytes(Uint8Array.of(0), own, label, bytes64(sum), content)), sum };
}

function parents(level: readonly SumNode[]): SumNode[] {
  const above: SumNode[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = there(level[i]);
    const right = level[i + 1];
    above.push(
      right === undefined
        ? left
        : {
            hash: sha256(
              concatBytes(
                Uint8Array.of(1),
                left.hash,
                bytes64(left.sum),
                right.hash,
                bytes64(right.sum),
              ),
            ),
            sum: left.sum + right.sum,
          },
    );
  }
  return above;
}

function bytes64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
