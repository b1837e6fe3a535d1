import { quantitySchema } from "@standstill/record";
import { z } from "zod";

const text = z.string().min(1).max(200);
const list = z.array(text).max(100_000).readonly();
const share = z
  .string()
  .regex(/^[0-9]{1,6}(?:\.[0-9]{1,6})?$/, 'expected a decimal number as text, as "0.005"');
const whole = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hexadecimal");

/** A time in terms for logs. */
export const logInstantSchema = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
    "expected a time as 2026-11-21T20:00:00Z",
  )
  .refine((text) => Number.isFinite(Date.parse(text)), "expected a day that exists");

/** What operators say accelerators do. */
export const ACTIVITY_NAMES = ["training", "inference", "evaluation", "idle", "other"] as const;
/** Schema of an activity's name. */
export const activitySchema = z.enum(ACTIVITY_NAMES);

/** What may change in a run only where it is declared. */
export const CONTEXT_FIELDS = [
  "model",
  "codeCommit",
  "configSha256",
  "datasetSha256",
  "dataSources",
  "team",
  "precision",
  "batchSize",
  "sequenceLength",
] as const;

/** What a record must say. */
export const REQUIRABLE_FIELDS = [
  "flop",
  "tokens",
  "team",
  "region",
  "precision",
  "batchSize",
  "sequenceLength",
  "model",
  "modelSha256",
  "datasetSha256",
  "codeCommit",
  "configSha256",
  "dataSources",
  "previous",
] as const;

/** Something that a record must say. */
export type RequirableField = (typeof REQUIRABLE_FIELDS)[number];

/** What activity logs are held to, whichever devices and time they are of. All of it is data; blank means that nothing was agreed. */
export const logRules = {
  permitted: z
    .strictObject({
      activities: z.array(activitySchema).readonly().optional(),
      teams: list.optional(),
      regions: list.optional(),
      dataSources: list.optional(),
      /** Data sets by hash, with the sources that each was made from. */
      datasets: z
        .array(z.strictObject({ sha256, sources: list.optional() }))
        .max(100_000)
        .readonly()
        .optional(),
    })
    .optional(),
  /** Models that may be worked with; blank: any. */
  models: z
    .array(
      z.strictObject({
        model: text,
        /** Parameters that take part in each token. */
        parameters: z.int().min(1),
        precision: text.optional(),
        activities: z.array(activitySchema).readonly().optional(),
        /** Weights that exist already, and the compute that went into them. */
        weights: z.array(sha256).max(10_000).readonly().optional(),
        flop: quantitySchema("FLOP").optional(),
      }),
    )
    .max(100_000)
    .readonly()
    .optional(),
  changes: z
    .strictObject({
      /** What may change in a run only with a note in the log or a change declared here. */
      mustBeDeclared: z.array(z.enum(CONTEXT_FIELDS)).readonly(),
      declared: z
        .array(
          z.strictObject({
            workload: text.optional(),
            devices: list.optional(),
            from: logInstantSchema,
            until: logInstantSchema,
            reason: z.string().max(2000),
          }),
        )
        .max(100_000)
        .readonly()
        .optional(),
    })
    .optional(),
  /** Times in which devices were off or could not be heard. */
  outages: z
    .array(
      z.strictObject({
        devices: list.optional(),
        start: logInstantSchema,
        end: logInstantSchema,
        reason: z.string().max(2000),
      }),
    )
    .max(100_000)
    .readonly()
    .optional(),
  /** Fields that records of an activity must have. */
  required: z
    .partialRecord(activitySchema, z.array(z.enum(REQUIRABLE_FIELDS)).readonly())
    .optional(),
  tolerances: z
    .strictObject({
      /** Of FLOP for each token to what model and activity say: from, to. */
      flopPerToken: z.strictObject({ low: share, high: share }).optional(),
      /** Share of a device's time that may be missing before it is a finding and no gap. */
      missing: share.optional(),
      /** Share of time that declared outages may take before it is a finding. */
      outages: share.optional(),
      /** Seconds by which a window may overlap the next on a device. */
      overlapSeconds: whole.optional(),
      /** Highest share of a device's peak that work can reach. */
      utilization: share.optional(),
      /** Lowest share of its devices' lowest peak that a run of training reaches on the whole. */
      leastUtilization: share.optional(),
    })
    .optional(),
  /** Evasions that must have been excluded before anything comes out as verified. */
  evasions: list.optional(),
};

/** How accelerators are named in logs where terms do not say: by their node, and their number in it from 0 on. */
export const DEVICE_NAMES = "{node}/gpu-{number}";

/** The section of an agreement's terms on activity logs: which site's devices and which time they are of, the site and its period say. */
export const logsSchema = z.strictObject({
  /** How logs name a site's accelerators: `{node}` stands for the declared node, `{number}` for the accelerator in it, from 0 on. */
  deviceNames: z
    .string()
    .max(200)
    .refine(
      (name) => name.includes("{node}") && name.includes("{number}"),
      "expected a name with {node} and {number} in it, as {node}/gpu-{number}",
    )
    .optional(),
  /** Longest window that one record may tell of. */
  longestRecordSeconds: z.int().min(1).optional(),
  ...logRules,
});
/** What an agreement says of activity logs. */
export type LogsSection = z.infer<typeof logsSchema>;
