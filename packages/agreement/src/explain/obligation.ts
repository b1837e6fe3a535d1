import type { Obligation } from "../terms/obligations.ts";
import { amount, bare, inDays, listed } from "./words.ts";

/** An obligation in prose. */
export function obligationSentences(obligation: Obligation): string[] {
  const { id, title, mode, clause, rests, binds } = obligation;
  const where = clause === undefined ? "" : ` (${clause})`;
  const who = binds === undefined ? "" : ` It binds the group ${binds} only.`;
  const words = rests === undefined ? "" : ` Its words are those defined as ${listed(rests)}.`;
  return [
    `${id}${where}: ${title} It binds from the mode ${mode} on.${who}${words}`,
    ...ruleSentences(obligation),
  ];
}

function ruleSentences(one: Obligation): string[] {
  switch (one.kind) {
    case "training-run-limit":
      return [
        `${overWords(one.over)} training is limited to ${amount(one.limit, "FLOP")}.`,
        ...taperSentences(one.taper),
      ];
    case "post-training-limit":
      return [`Post-training is limited to ${amount(one.limit, "FLOP")}.`];
    case "training-declared":
      return [`Training from ${amount(one.above, "FLOP")} on has to be declared as training.`];
    case "declared-before-start":
      return [
        `Training from ${amount(one.above, "FLOP")} on is declared ${inDays(one.noticeDays)} before it starts. No answer within that time means ${one.silence}.`,
        ...(one.approvedBy === undefined ? [] : [`It needs the approval of ${one.approvedBy}.`]),
      ];
    case "cluster-limit":
      return [
        `A cluster is covered ${clusterWords(one)}. Covered clusters are ${one.stance}.`,
        ...(one.withinDays === undefined
          ? []
          : [`This is done within ${inDays(one.withinDays)} of entry into force.`]),
      ];
    case "research-compute-limit":
      return [
        `All research and development of a party together is limited to ${amount(one.limit, "FLOP")} in ${inDays(one.perDays)}.`,
        ...taperSentences(one.taper),
      ];
    case "accelerators-registered":
      return [
        `Each accelerator is registered with its site and node${one.located === undefined ? "" : one.located ? ", and the register says where it is" : ", but not its place"}.`,
        ...(one.everyDays === undefined
          ? []
          : [`The register is brought up to date every ${inDays(one.everyDays)}.`]),
      ];
    case "release-gate":
      return [`No model is released before these are accepted: ${listed(one.safeguards)}.`];
    case "automation-limit":
      return [
        `Once the tripwire ${one.from} has tripped, this is forbidden: ${bare(one.practice)}.`,
      ];
    case "powered-off":
      return [
        `${one.aboveH100e === undefined ? "Covered clusters" : `Clusters above ${one.aboveH100e} H100e`} are powered off. This is shown by: ${bare(one.shownBy)}.`,
      ];
    case "report":
      return [`${bare(one.of)}: reported to ${one.to} within ${one.withinHours} hours.`];
    case "conduct":
      return [one.text, "No check measures it; it is judged by ruling only."];
  }
}

function overWords(over: "run" | "lineage" | undefined): string {
  if (over === "lineage") return "Counted over a model's whole ancestry,";
  return over === "run" ? "Counted run by run," : "A run of";
}

function taperSentences(
  taper: readonly { readonly afterDays: number; readonly limit: string }[] | undefined,
): string[] {
  return (taper ?? []).map(
    ({ afterDays, limit }) =>
      `In a taper the limit falls to ${amount(limit, "FLOP")} after ${inDays(afterDays)}.`,
  );
}

function clusterWords(one: Extract<Obligation, { kind: "cluster-limit" }>): string {
  const lines = [
    ...(one.aboveH100e === undefined ? [] : [`above ${one.aboveH100e} H100e`]),
    ...(one.aboveMemory === undefined
      ? []
      : [`above ${amount(one.aboveMemory, "bytes")} of accelerator memory`]),
    ...(one.aboveBandwidth === undefined
      ? []
      : [`above ${amount(one.aboveBandwidth, "bit/s")} between its hosts`]),
  ];
  return lines.length === 0 ? "in every case" : lines.join(", or ");
}
