import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { BoxPart, BoxState } from "../box.ts";

/**
 * `box/receive`: the keeper says that a sealed report was handed in, by its hash alone, once: proof for whoever wrote it, and a name for
 * nobody.
 */
export const boxReceive = defineStatement({
  type: "box/receive",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper says that a sealed report of somebody was handed in, by its hash alone.",
  body: z.strictObject({ report: sha256Schema }),
  reduce: ({ box }: BoxPart, { index, body: { report } }) => {
    if (box.received.has(report))
      return refuse("already-said", `expected another report, got ${report} again`);
    const next: BoxState = { ...box, received: box.received.set(report, index) };
    return { box: next };
  },
});
