import { canonicalBytes, MINUTE_MS, nameSchema, sha256, toHex } from "@standstill/record";
import { z } from "zod";
import { daySchema } from "../instant.ts";
import { obligationSchema } from "../obligations/obligation.ts";
import { logsSchema } from "./logs.ts";
import { acceleratorSchema, countingSchema, goalsSchema, h100eSchema } from "./measurement.ts";
import {
  accountsSchema,
  adjudicationSchema,
  amendmentSchema,
  definitionSchema,
  durationSchema,
  entrySchema,
  exemptionSchema,
  gateSchema,
  inspectionsSchema,
  liftSchema,
  pauseSchema,
  reportSchema,
  roleSchema,
  safeguardSchema,
  textSchema,
  triggerSchema,
  useSchema,
  withdrawalSchema,
} from "./procedure.ts";
import { shareSchema } from "./share.ts";
import type { doublingTripwireSchema, measuredTripwireSchema } from "./tripwires.ts";
import { tripwireSchema } from "./tripwires.ts";
import { sentence } from "./words.ts";

const publicKeySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected a public key of 32 bytes in lower-case hexadecimal");

import { yardsticksSchema } from "./yardsticks.ts";

/** Who agrees. */
const partySchema = z.strictObject({
  id: nameSchema,
  name: z.string().min(1).max(100),
  kind: z.enum(["lab", "cloud", "state", "organisation"]).optional(),
  /** Whether its instrument is not additional to its members' and so counts for nothing by itself. */
  countedWithMembers: z.literal(true).optional(),
  /** How many of its keys must sign; one where absent. */
  signatures: z.int().min(2).max(20).optional(),
  /** Holder of keys who may sign in its place. */
  deputy: nameSchema.optional(),
});

/** A table of weights, frozen on a day: the total includes those who never join. */
const weightsSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  unit: z.string().min(1).max(60),
  frozen: daySchema,
  total: z.string().regex(/^[1-9][0-9]{0,14}$/, "expected a whole number"),
  of: z.record(nameSchema, z.string().regex(/^(?:0|[1-9][0-9]{0,14})$/, "expected a whole number")),
  source: sentence,
});

/** Everything the parties agree on, except the keys. */
export const draftSchema = z.strictObject({
  name: z.string().min(1).max(200),
  version: z.int().min(1),
  about: sentence,
  /** Where the rules come from, for terms that stand for a text. */
  source: sentence.optional(),
  /** What of the encoding was not read in the text itself. */
  unverified: z.array(sentence).max(50).optional(),
  text: textSchema.optional(),
  /** Day of adoption; no date in the terms lies before it. */
  adopted: daySchema.optional(),

  parties: z.array(partySchema).min(1).max(20_000),
  groups: z
    .array(z.strictObject({ id: nameSchema, title: sentence, parties: z.array(nameSchema).min(1) }))
    .max(100)
    .optional(),
  weights: z.array(weightsSchema).max(20).optional(),
  keeper: z.strictObject({ id: nameSchema, name: z.string().min(1).max(100) }),
  witnesses: z.array(z.strictObject({ id: nameSchema, party: nameSchema })).max(100),
  witnessQuorum: z.int().min(0),
  roles: z.array(roleSchema).max(50).optional(),
  /** How often the keeper says what time it is, and what bounds its clock. */
  marks: z
    .strictObject({
      everyHours: z.int().min(1).max(8760),
      beacon: z.enum(["quicknet", "none"]),
      /** Whether each mark carries a cosigned checkpoint that covers the mark before it. */
      witnessed: z.boolean().optional(),
    })
    .optional(),

  definitions: z.array(definitionSchema).max(200).optional(),
  counting: countingSchema.optional(),
  h100e: h100eSchema.optional(),
  window: z.strictObject({ milliseconds: z.int().min(1).max(MINUTE_MS) }).optional(),
  synchrony: z.strictObject({ smallestCorrelation: shareSchema, source: sentence }).optional(),
  accelerators: z.array(acceleratorSchema).max(1000).optional(),
  /** What checks hold readings other than power against. */
  yardsticks: yardsticksSchema.optional(),
  /** What activity logs are held to, where an obligation rests on them. */
  logs: logsSchema.optional(),

  obligations: z.array(obligationSchema).min(1).max(100),
  exemptions: z.array(exemptionSchema).max(100).optional(),
  uses: z.array(useSchema).max(100).optional(),
  goals: goalsSchema.optional(),
  reporting: z.array(reportSchema).max(50).optional(),
  accounts: accountsSchema.optional(),
  inspections: inspectionsSchema.optional(),
  adjudication: adjudicationSchema.optional(),
  gate: gateSchema.optional(),
  pause: pauseSchema.optional(),
  /** Lines that a measured indicator may cross. */
  tripwires: z.array(tripwireSchema).max(100).optional(),
  triggers: z.array(triggerSchema).max(50).optional(),
  safeguards: z.array(safeguardSchema).max(100).optional(),
  lift: liftSchema.optional(),

  entry: entrySchema.optional(),
  duration: durationSchema.optional(),
  withdrawal: withdrawalSchema.optional(),
  amendment: amendmentSchema.optional(),
});

/** Terms as adopted: the draft with every key in it. Their hash names the agreement. */
export const termsSchema = z.strictObject({
  ...draftSchema.shape,
  keys: z
    .array(
      z.strictObject({
        holder: nameSchema,
        publicKey: publicKeySchema,
        /** Whose key it is, where several sign together: signatures are counted by organisation, not by key. */
        organisation: nameSchema.optional(),
      }),
    )
    .min(1)
    .max(5000),
  log: z.strictObject({ vkey: z.string().max(300) }),
  witnessKeys: z.array(z.strictObject({ witness: nameSchema, vkey: z.string().max(300) })).max(100),
});

/** Terms without keys, as people write them. */
export type Draft = z.infer<typeof draftSchema>;
/** Terms as adopted. */
export type Terms = z.infer<typeof termsSchema>;
/** One accelerator type of the terms' catalogue. */
export type Accelerator = z.infer<typeof acceleratorSchema>;
/** One tripwire of the terms. */
export type Tripwire = z.infer<typeof tripwireSchema>;
/** A line for the doubling time of training compute. */
export type DoublingTripwire = z.infer<typeof doublingTripwireSchema>;
/** Lines for a measured indicator. */
export type MeasuredTripwire = z.infer<typeof measuredTripwireSchema>;

/** Terms that say how compute is measured, so that a period can be judged by them. */
export type CheckableTerms<T extends Draft = Draft> = T & {
  readonly [Field in "counting" | "window" | "synchrony" | "accelerators" | "goals"]-?: NonNullable<
    Draft[Field]
  >;
};

/** Whether terms say how compute is measured: counting rule, window, synchrony, accelerators and goals. */
export function isCheckable<T extends Draft>(terms: T): terms is CheckableTerms<T> {
  return [terms.counting, terms.window, terms.synchrony, terms.accelerators, terms.goals].every(
    (one) => one !== undefined,
  );
}

/** The agreement's name: SHA-256 of the canonical JSON of its terms. */
export function termsHash(terms: Terms): string {
  return toHex(sha256(canonicalBytes(terms)));
}
