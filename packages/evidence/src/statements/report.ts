import { nameSchema, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { periodSchema } from "./period.ts";

/** A party's report of a period of a site, sealed before anybody knows what will be opened. */
export const reportSchema = z.strictObject({
  site: nameSchema,
  period: periodSchema,
  feeds: z
    .array(
      z.strictObject({
        kind: z.enum(["node-power", "accounting", "counters", "activity-log"]),
        signer: nameSchema,
      }),
    )
    .max(20),
  seal: z.strictObject({
    root: sha256Schema,
    energyMillijoules: z.string().regex(/^(?:0|[1-9][0-9]{0,29})$/),
  }),
  /** Hash of the evidence, where the agreement lets it be published whole. */
  evidence: sha256Schema,
});

/** A party's report of a period of a site. */
export type PeriodReport = z.infer<typeof reportSchema>;
/** What a feed measures. */
export type FeedKind = PeriodReport["feeds"][number]["kind"];
