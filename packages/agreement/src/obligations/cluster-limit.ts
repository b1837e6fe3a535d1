import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount, inDays } from "../explain/words.ts";
import { h100eLineSchema } from "./h100e-line.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** Clusters that pass any one of the lines that are drawn are forbidden, or only declared. */
export type ClusterLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("cluster-limit"),
  aboveH100e: h100eLineSchema.optional(),
  aboveMemory: quantitySchema("bytes").optional(),
  aboveBandwidth: quantitySchema("bit/s").optional(),
  /** Whether such clusters are forbidden, or only declared. */
  stance: z.enum(["forbidden", "declared"]),
  withinDays: z.int().min(0).max(3650).optional(),
});

/** The rule of `cluster-limit`. */
export const clusterLimit = obligationRule<ClusterLimit>({
  schema,
  h100e: ({ aboveH100e }) => aboveH100e,
  holdsBack: false,
  isMeasurable: true,
  sentences: (own) => [
    `A cluster is covered ${linesOf(own).join(", or ") || "in every case"}. Covered clusters are ${own.stance}.`,
    ...(own.withinDays === undefined
      ? []
      : [`This is done within ${inDays(own.withinDays)} of entry into force.`]),
  ],
  lint: (own) => [
    ...(linesOf(own).length === 0 ? [withoutLine] : []),
    ...(own.aboveH100e !== undefined && own.aboveMemory === undefined ? [memoryLoophole] : []),
  ],
  stricter: {
    aboveH100e: "less-or-added",
    aboveMemory: "less-or-added",
    aboveBandwidth: "less-or-added",
    stance: ["declared", "forbidden"],
    withinDays: "less",
  },
});

function linesOf({ aboveH100e, aboveMemory, aboveBandwidth }: ClusterLimit): string[] {
  return [
    ...(aboveH100e === undefined ? [] : [`above ${aboveH100e} H100e`]),
    ...(aboveMemory === undefined
      ? []
      : [`above ${amount(aboveMemory, "bytes")} of accelerator memory`]),
    ...(aboveBandwidth === undefined
      ? []
      : [`above ${amount(aboveBandwidth, "bit/s")} between its hosts`]),
  ];
}

const withoutLine = {
  rule: "cluster-without-line",
  path: [],
  sentence: "No line says which clusters are covered. Draw one in H100e, memory or bandwidth.",
};

const memoryLoophole = {
  rule: "cluster-memory-loophole",
  path: [],
  sentence:
    "Fifty accelerators with much memory stay below the line in H100e and hold a large model (arXiv 2605.29359). Draw a line in memory as well.",
};
