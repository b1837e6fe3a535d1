import { instantSchema, nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { noteSchema, periodSchema } from "./period.ts";
import { placeSchema } from "./place.ts";

/** One thing that was measured. */
const measuredSchema = z.discriminatedUnion("kind", [
  /** Energy of all of a site's nodes, as a meter of the issuer's saw it, and the standard deviations of its errors. */
  z.strictObject({
    kind: z.literal("energy"),
    meter: nameSchema,
    energy: quantitySchema("J"),
    random: quantitySchema("J"),
    systematic: quantitySchema("J"),
  }),
  /** The least time of a message from a landmark to the site and back. */
  z.strictObject({
    kind: z.literal("round-trip"),
    landmark: nameSchema,
    place: placeSchema,
    microseconds: z.int().min(0).max(1e10),
  }),
  /** How long a party used accelerators that the issuer provides, all added up. */
  z.strictObject({
    kind: z.literal("accelerator-time"),
    accelerator: nameSchema,
    seconds: quantitySchema("s"),
  }),
  /** What a device's hardware answered when the issuer asked for its identity. */
  z.strictObject({
    kind: z.literal("identity"),
    device: nameSchema,
    /** The device's own identity, as its certificate names it; nothing where it did not answer. */
    identity: z.string().min(1).max(200).nullable(),
    result: z.enum(["verified", "unverifiable", "failed"]),
    reason: noteSchema.optional(),
    at: instantSchema,
  }),
  /** What a model achieves on an agreed benchmark. */
  z.strictObject({
    kind: z.literal("score"),
    model: z.string().min(1).max(200),
    benchmark: nameSchema,
    score: z.string().regex(/^[0-9]{1,9}(?:\.[0-9]{1,6})?$/),
  }),
]);

/** What somebody measured of a party or a site in a period. */
export const measurementSchema = z.strictObject({
  /** The party, or one of its sites. */
  of: nameSchema,
  period: periodSchema,
  measured: z.array(measuredSchema).min(1).max(1000),
});

/** What somebody measured of a party or a site in a period. */
export type MeasurementReport = z.infer<typeof measurementSchema>;
/** One thing that was measured. */
export type Measured = MeasurementReport["measured"][number];
