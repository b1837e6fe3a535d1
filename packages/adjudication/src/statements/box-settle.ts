import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { OrderedMap } from "immutable";
import { z } from "zod";
import type { BoxPart, BoxState } from "../box.ts";

/**
 * `box/settle`: the panel to whose members reports are sealed is done with some that were received, each once, so that the server keeps
 * them no longer: it has read them, or they are nothing it can read. That they were received stays on record.
 */
export const boxSettle = defineStatement({
  type: "box/settle",
  version: DRAFT,
  roles: ["adjudicator"],
  words: "The panel is done with sealed reports, so that the server keeps them no longer.",
  body: z.strictObject({ reports: z.array(sha256Schema).min(1).max(500) }),
  reduce: ({ box }: BoxPart, { index, statement: { issuer }, body: { reports } }) => {
    const { open, received, settled } = box;
    if (open?.panel !== issuer)
      return refuse("not-its-own", `expected the panel that opened the box, got ${issuer}`);
    const strange = reports.find((report) => !received.has(report));
    if (strange !== undefined)
      return refuse("not-declared", `expected reports that were received, got ${strange}`);
    const again = reports.find((report) => settled.has(report));
    if (again !== undefined || new Set(reports).size !== reports.length)
      return refuse("already-said", `expected each report once, got ${again ?? "one"} again`);
    const now = OrderedMap(reports.map((report): [string, number] => [report, index]));
    const next: BoxState = { ...box, settled: settled.merge(now) };
    return { box: next };
  },
});
