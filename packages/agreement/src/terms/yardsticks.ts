import { nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { shareSchema } from "./share.ts";
import { sentence } from "./words.ts";

const factor = z
  .string()
  .regex(/^[1-9][0-9]{0,2}(?:\.[0-9]{1,6})?$/, 'expected a factor of at least 1 as "1.50"');
const decimal = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,6})?$/, 'expected a decimal number as "0.5"');

/**
 * What checks hold readings other than power against. Each part may be blank: then nothing was agreed, and what it would
 * judge is not judged.
 */
export const yardsticksSchema = z.strictObject({
  /**
   * Whose measurements of another count: parties, providers and landmarks by name. Roles that inspect count without being named.
   * Nobody else's do, or any party could make findings against any other.
   */
  reporters: z.array(nameSchema).max(1000).optional(),
  /** For counters of accelerators and networks. */
  counters: z
    .strictObject({
      /** Share of the dense peak that a tensor pipe does while it is busy. */
      tensorPipe: z.strictObject({ low: shareSchema, high: shareSchema }),
      /** So many times the declared work may be done: padding, recomputation, and what failed. */
      overhead: factor,
      /** Share of cycles up to which an accelerator counts as idle. */
      idleActivity: shareSchema,
      /** What a server sends for each token that it is declared to handle, and what else a node sends. */
      bytesPerToken: quantitySchema("bytes"),
      quietTraffic: quantitySchema("bit/s"),
      /** Least memory of a model that works, in bytes for each parameter. */
      bytesPerParameter: z.strictObject({ training: decimal, inference: decimal }),
      source: sentence,
    })
    .optional(),
  /** For round trips: so many landmarks may lie. */
  landmarks: z.strictObject({ lying: z.int().min(0).max(100), source: sentence }).optional(),
  /** For identities of hardware: so old may the last good answer be, and so many devices may give none. */
  identities: z
    .strictObject({
      maxAgeHours: z.int().min(1).max(87_600),
      unverifiable: shareSchema,
      source: sentence,
    })
    .optional(),
  /** For scores: what a model with so much compute in its lineage achieves at most. */
  scores: z
    .array(
      z.strictObject({
        id: nameSchema,
        name: z.string().min(1).max(200),
        most: z
          .array(z.strictObject({ flop: quantitySchema("FLOP"), score: decimal }))
          .min(1)
          .max(1000),
        source: sentence,
      }),
    )
    .max(100)
    .optional(),
  /** For a site's own meters: standard deviations of their errors as shares of what they read. */
  meters: z
    .strictObject({
      random: shareSchema,
      systematic: shareSchema,
      /**
       * Limits of the tests over so many periods, in standard deviations: of the cumulated difference, and of Page's test with its
       * reference value.
       */
      periods: z
        .strictObject({
          horizon: z.int().min(2).max(520),
          cumulated: decimal,
          reference: decimal,
          page: decimal,
        })
        .optional(),
      source: sentence,
    })
    .optional(),
});
