import { there } from "@standstill/record";
import type { Random } from "@standstill/statistics";
import { type PlayedSite, runOf } from "./honest-site.ts";
import { cellsOf, copied, declaring, stretchOf, trainOn } from "./site-forging.ts";

/** Trains on servers in a stretch, together or each at its own pace, and declares that and their other work as serving. */
export function toldWell(
  honest: PlayedSite,
  random: Random,
  size: number,
  nodes = honest.serving,
  pace: "together" | "apart" = "together",
): PlayedSite | undefined {
  if (nodes.length === 0) return undefined;
  const site = copied(honest);
  const stretch = stretchOf(site, random, size);
  const done =
    pace === "together"
      ? trainOn(site, nodes, stretch, random)
      : nodes.reduce((one, node) => trainOn(one, [node], stretch, random), site);
  const rest = done.subject.runs.filter(({ activity }) => activity !== "inference");
  const { count } = done.columns.power;
  const spans = [
    { run: "chat-before", from: 0, to: stretch.from },
    { run: "hidden", ...stretch },
    { run: "chat-after", from: stretch.to, to: count },
  ].filter(({ from, to }) => to > from);
  const told = spans.map((span) => ({
    ...runOf(done, { ...span, activity: "inference", nodes: done.serving }),
    model: "made chat",
  }));
  return declaring(done, [...rest, ...told]);
}

/** Network counters of the servers that tell of serving only. */
export function quiet(site: PlayedSite, random: Random): void {
  const { sent, power } = site.columns;
  for (const cell of cellsOf(site, site.serving, { from: 0, to: power.count }))
    if (there(sent.values[cell]) > 10_000_000)
      sent.values[cell] = 1_000_000 + random.below(1_500_000);
}
