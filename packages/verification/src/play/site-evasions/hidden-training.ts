import type { Random } from "@standstill/statistics";
import { type PlayedSite, runOf } from "../honest-site.ts";
import { cellsOf, copied, declaring, stretchOf, trainOn } from "../site-forging.ts";
import type { SiteEvasion } from "./evasion.ts";

/** Training that is hidden behind other work, or declared as it. */
export const hiddenTraining: readonly SiteEvasion[] = [
  {
    id: "undeclared-run",
    about: "Trains on a node that stands by, and declares nothing.",
    commit(honest, random, size) {
      if (honest.spare.length === 0) return undefined;
      const site = copied(honest);
      return trainOn(site, site.spare, stretchOf(site, random, size), random);
    },
  },
  {
    id: "training-as-inference",
    about: "Trains on the servers, and calls it serving with the tokens of before.",
    commit(honest, random, size) {
      if (honest.serving.length === 0) return undefined;
      const site = copied(honest);
      return trainOn(site, site.serving, stretchOf(site, random, size), random);
    },
  },
  {
    id: "serving-told-well",
    about: "Trains on the servers, and declares as many tokens as the work would serve.",
    commit: toldWell,
  },
  {
    id: "serving-told-well-quietly",
    about: "The same, and its network counters tell of servers.",
    commit(honest, random, size) {
      const site = toldWell(honest, random, size);
      if (site !== undefined) quiet(site, random);
      return site;
    },
  },
  {
    id: "one-node-told-well",
    about:
      "Trains on one server, which needs no network, and declares the tokens that the work would serve.",
    commit(honest, random, size) {
      const site = toldWell(honest, random, size, honest.serving.slice(0, 1));
      if (site === undefined) return undefined;
      quiet(site, random);
      return site;
    },
  },
  {
    id: "sparse-exchange",
    about:
      "Trains on the servers, told well, each at its own pace, and exchanges little, every half hour.",
    commit(honest, random, size) {
      const site = toldWell(honest, random, size, honest.serving, "apart");
      if (site === undefined) return undefined;
      const { sent, power } = site.columns;
      for (const cell of cellsOf(site, site.serving, { from: 0, to: power.count })) {
        if ((sent.values[cell] as number) < 10_000_000) continue;
        const burst = (cell % power.count) % 30 < 3 ? 40_000_000 : 0;
        sent.values[cell] = 1_000_000 + burst + random.below(1_500_000);
      }
      return site;
    },
  },
  {
    id: "serving-without-counters",
    about: "Trains on the servers, declares the tokens of before, and sends no counters.",
    commit(honest, random, size) {
      if (honest.serving.length === 0) return undefined;
      const site = copied(honest);
      const done = trainOn(site, site.serving, stretchOf(site, random, size), random);
      const evidence = { ...done.subject.evidence, counters: [] };
      return { ...done, subject: { ...done.subject, evidence } };
    },
  },
];

/** Trains on servers in a stretch, together or each at its own pace, and declares that and their other work as serving. */
function toldWell(
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
function quiet(site: PlayedSite, random: Random): void {
  const { sent, power } = site.columns;
  for (const cell of cellsOf(site, site.serving, { from: 0, to: power.count }))
    if ((sent.values[cell] as number) > 10_000_000)
      sent.values[cell] = 1_000_000 + random.below(1_500_000);
}
