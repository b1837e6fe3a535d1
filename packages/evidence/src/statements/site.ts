import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { noteSchema } from "./period.ts";
import { placeSchema } from "./place.ts";

/** A site as its party declares it: the accelerators in it, node by node. */
export const siteSchema = z.strictObject({
  site: nameSchema,
  title: z.string().min(1).max(200),
  /** Where the readings come from when they are a replay of recorded data. */
  replayed: noteSchema.optional(),
  /** Where it is, in degrees north and east. */
  place: placeSchema.optional(),
  /** Whose accelerators they are, where the party rents them: the party that tells how long they were used. */
  provider: nameSchema.optional(),
  nodes: z
    .array(
      z.strictObject({
        device: nameSchema,
        accelerator: nameSchema,
        accelerators: z.int().min(1).max(1000),
      }),
    )
    .min(1)
    .max(600),
});

/** A site as its party declares it. */
export type Site = z.infer<typeof siteSchema>;
