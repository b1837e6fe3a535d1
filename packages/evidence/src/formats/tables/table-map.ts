import { z } from "zod";
import { quantitySchema } from "../../telemetry/readings/quantities.ts";

/** How a table of somebody's own becomes readings. */
export const tableMapSchema = z.strictObject({
  /** Between two cells; a comma if not given. */
  delimiter: z.string().length(1).optional(),
  time: z.strictObject({
    column: z.string().min(1),
    /** `text` as 2026-11-21 21:04:36, or a number of seconds, milliseconds or nanoseconds since 1970. */
    unit: z.enum(["text", "s", "ms", "ns"]),
    /** Of times that say no offset: UTC, +08:00 or Europe/Berlin. */
    zone: z.string().optional(),
  }),
  /** The column that names the device, or the one device that the table is of. */
  device: z.union([
    z.strictObject({ column: z.string().min(1) }),
    z.strictObject({ name: z.string().min(1) }),
  ]),
  readings: z
    .array(
      z.strictObject({
        /** Where the value stands; without one each row counts as one. */
        column: z.string().min(1).optional(),
        quantity: quantitySchema,
        /** What one in the table is in units of the quantity. */
        scale: z.number().positive(),
        /** Whether the table may lack the column; one of them must be there. */
        optional: z.boolean().optional(),
      }),
    )
    .min(1)
    .readonly(),
});
/** How a table becomes readings. */
export type TableMap = z.infer<typeof tableMapSchema>;
