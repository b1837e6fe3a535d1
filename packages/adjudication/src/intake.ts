import { nameSchema } from "@standstill/record";
import { OrderedMap } from "immutable";
import { z } from "zod";

/** To whose keys reports of people are sealed, and how many of them open one. */
export const intakeKeysSchema = z
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
export interface IntakeState {
  readonly open: (z.infer<typeof intakeKeysSchema> & OpenedBy) | null;
  readonly received: OrderedMap<string, number>;
  readonly settled: OrderedMap<string, number>;
}

interface OpenedBy {
  readonly panel: string;
  readonly index: number;
}

/** What of a state holds the reports of people. */
export interface IntakePart {
  readonly intake: IntakeState;
}

/** Before any panel opened an intake. */
export const noIntake: IntakeState = {
  open: null,
  received: OrderedMap(),
  settled: OrderedMap(),
};
