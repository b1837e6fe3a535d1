import type { Windows } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import type { Random } from "@standstill/statistics";
import { highestPeak } from "../account/index.ts";
import { nodesOf, type Subject } from "../subject.ts";

/** How a cheat is laid out: on how many nodes, over how many windows. */
export interface Layout {
  readonly nodes: number;
  readonly windows: number;
}

/** The readings and declarations as they would be had the party cheated so; `undefined` where there is no room. */
export type Inject = (subject: Subject, layout: Layout, random: Random) => Subject | undefined;

/** One significant quantity of the agreement, in FLOP. */
export function significantQuantity(subject: Subject): bigint {
  return parseQuantity(subject.terms.goals.significantQuantity, "FLOP");
}

/**
 * Layouts on which one significant quantity fits into the site's nodes and period: the fewest nodes, a few, and all; as
 * short as the peak allows, and as long as the period.
 */
export function feasibleLayouts(subject: Subject): Layout[] {
  const { windows } = subject.evidence;
  const nodes = nodesOf(subject);
  const first = nodes[0];
  if (windows === undefined || first === undefined) return [];
  const perNodeSecond = first.accelerators * highestPeak(first.accelerator);
  const counts = [1, 2, 4, 8, nodes.length].filter(
    (count, i, all) => count <= nodes.length && all.indexOf(count) === i,
  );
  const layouts: Layout[] = [];
  for (const count of counts) {
    const milliseconds = (significantQuantity(subject) * 1000n) / (perNodeSecond * BigInt(count));
    const shortest = Number(milliseconds / BigInt(windows.windowMs)) + 1;
    if (shortest > windows.count) continue;
    layouts.push({ nodes: count, windows: shortest });
    if (shortest < windows.count) layouts.push({ nodes: count, windows: windows.count });
  }
  return layouts;
}

/** `count` different rows of devices that the site declares, drawn at random. */
export function drawRows(
  subject: Subject,
  windows: Windows,
  count: number,
  random: Random,
): number[] {
  const rows = subject.site.nodes
    .map((node) => windows.devices.indexOf(node.device))
    .filter((row) => row >= 0);
  while (rows.length > count) rows.splice(random.below(rows.length), 1);
  return rows;
}

/** The same windows with columns of their own, to be changed. */
export function copyOf(windows: Windows): Windows {
  return {
    ...windows,
    powerMilliwatts: windows.powerMilliwatts.slice(),
    energyMillijoules: windows.energyMillijoules.slice(),
  };
}
