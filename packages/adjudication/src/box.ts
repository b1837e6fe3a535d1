import { nameSchema } from "@standstill/record";
import { OrderedMap } from "immutable";
import { z } from "zod";

/** To whose keys reports of people are sealed, and how many of them open one. */
export const boxKeysSchema = z
  .strictObject({
    threshold: z.int().min(2).max(20),
    members: z
      .array(
        z.strictObject({
          member: nameSchema,
          /** Uncompressed P-256 point in base64. */
          publicKey: z.string().regex(/^[A-Za-z0-9+/]{86,88}={0,2}$/),
        }),
      )
      .min(2)
      .max(20),
  })
  .refine(
    ({ threshold, members }) => threshold <= members.length,
    "expected a threshold of at most the members",
  );

/** To whom reports are sealed now, which were received, with their entries, and which the panel is done with. */
export interface BoxState {
  readonly open: (z.infer<typeof boxKeysSchema> & OpenedBy) | null;
  readonly received: OrderedMap<string, number>;
  readonly settled: OrderedMap<string, number>;
}

interface OpenedBy {
  readonly panel: string;
  readonly index: number;
}

/** What of a state holds the reports of people. */
export interface BoxPart {
  readonly box: BoxState;
}

/** Before any panel opened a box. */
export const noBox: BoxState = {
  open: null,
  received: OrderedMap(),
  settled: OrderedMap(),
};
