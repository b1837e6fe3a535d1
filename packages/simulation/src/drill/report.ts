import type { Pause } from "@standstill/views";
import type { Drill, DrillAct } from "./drill.ts";
import type { DrillLine } from "./stage.ts";

/** A drill as Markdown: what was said when, what gates answered, how each site had stopped. */
export function drillReport({ acts, jobs, stops, entries, isReplayed }: Drill): string {
  return [
    "# A drill: from the tripwire to the lifting",
    "",
    "`npx standstill drill` plays this and prints it; the test `packages/simulation/test/drill.test.ts` compares it with this file. Parties, readings and measurements",
    "are invented, and the clock is set by hand. Every statement is signed and admitted as on a real record, every verdict is computed from the readings, and every",
    "decision of a gate is the gate’s. There is no log and there are no witnesses in it, since nothing is kept.",
    "",
    ...acts.flatMap(actLines),
    "## What gates answered",
    "",
    "| job | when | answer | why |",
    "| --- | ---- | ------ | --- |",
    ...jobs.map(
      ({ job, when, decision, sentence }) => `| ${job} | ${when} | ${decision} | ${sentence} |`,
    ),
    "",
    "## How each site had stopped",
    "",
    "Power is the mean of an accelerator with its share of the node, by the party’s own meters. What could have been done all the same is what these readings leave room for",
    "beside what was declared: where the agreed range of idling is wide, that is much. No verdict is better than unverified, since nobody but the party read the meters.",
    "Above its baseline, the power of a report that the party named before, it is much less; that holds only if nothing ran then either.",
    "Windows without a reading count as full power. Hours are those since the stop: what nobody reported is neither idle nor not.",
    "",
    "At the first reports:",
    "",
    ...stopTable(stops.first),
    "After the case:",
    "",
    ...stopTable(stops.last),
    "## The record",
    "",
    `${entries} entries. Replayed from nothing they come to ${isReplayed ? "the same" : "something else"}.`,
    "",
  ].join("\n");
}

function actLines({ title, about, lines, holds }: DrillAct): string[] {
  return [
    `## ${title}`,
    "",
    about,
    "",
    ...(lines.length === 0
      ? []
      : ["| time | entry | who | what |", "| ---- | ----- | --- | ---- |", ...lines.map(row), ""]),
    ...holds.flatMap((sentence) => [sentence, ""]),
  ];
}

function row({ at, index, who, what }: DrillLine): string {
  return `| ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} | ${index} | ${who} | ${what} |`;
}

function stopTable({ sites }: Pause): string[] {
  return [
    "| site | standing | power | idling, at most | its baseline | could have done | above its baseline | of | kept in hours | not kept |",
    "| ---- | -------- | ----- | --------------- | ------------ | --------------- | ------------------ | -- | ------------- | -------- |",
    ...sites.map(({ site, standing, shown }) => {
      if (shown === null) return `| ${site} | ${standing} | | | | | | | | |`;
      const { stop, hours } = shown;
      const { baseline } = stop;
      const above = baseline === null ? "" : short(baseline.couldHaveDone);
      const power = `${stop.power ?? ""} | ${stop.idlePower} | ${baseline?.power ?? ""}`;
      const flop = `${short(stop.couldHaveDone)} | ${above} | ${short(stop.capacity)}`;
      const time = `${hours.kept} of ${hours.since} | ${hours["not-kept"]}`;
      return `| ${site} | ${standing} | ${power} | ${flop} | ${time} |`;
    }),
    "",
  ];
}

function short(flop: string): string {
  const [digits = "0"] = flop.split(" ");
  return digits.length < 4 ? flop : `${digits[0]}.${digits.slice(1, 3)}e${digits.length - 1} FLOP`;
}
