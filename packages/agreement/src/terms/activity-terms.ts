import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { readTermsFile } from "../draft/terms-file.ts";
import { AgreementError } from "../error.ts";

const text = z.string().min(1).max(200);
const list = z.array(text).max(100_000).readonly();
const share = z
  .string()
  .regex(/^[0-9]{1,6}(?:\.[0-9]{1,6})?$/, 'expected a decimal number as text, as "0.005"');
const whole = z.int().min(0);
const instant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
    "expected a time as 2026-11-21T20:00:00Z",
  )
  .refine((text) => Number.isFinite(Date.parse(text)), "expected a day that exists");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hexadecimal");

/** What operators say accelerators do. */
export const ACTIVITY_NAMES = ["training", "inference", "evaluation", "idle", "other"] as const;
const activity = z.enum(ACTIVITY_NAMES);

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
  ...["flop", "tokens", "team", "region", "precision", "batchSize", "sequenceLength"],
  ...["model", "modelSha256", "datasetSha256", "codeCommit", "configSha256", "dataSources"],
  "previous",
] as const;

/** Compute limits and what is allowed, so that activity logs alone can be judged. All of it is data; blank means that nothing was agreed. */
export const activityTermsSchema = z
  .strictObject({
    /** What the log must cover: every listed device for all of the time between. */
    window: z.strictObject({
      start: instant,
      end: instant,
      /** Longest window that one record may tell of. */
      longestRecordSeconds: z.int().min(1).optional(),
    }),
    devices: z
      .array(
        z.strictObject({
          /** A name, or many: `node-{01..64}/gpu-{0..7}` stands for 512. */
          device: text,
          /** Dense peak by precision. A record that says no precision, or another, may have reached the highest. */
          peak: z.record(text, quantitySchema("FLOP/s")),
          region: text.optional(),
        }),
      )
      .min(1)
      .max(1_000_000)
      .readonly(),
    limits: z
      .array(
        z.strictObject({
          id: text,
          /** One logical run with all it rests on, or all records together. */
          per: z.enum(["logical-run", "total"]),
          /** Activities that count; all of them if not given. */
          activities: z.array(activity).min(1).readonly().optional(),
          flop: quantitySchema("FLOP"),
        }),
      )
      .max(1000)
      .readonly(),
    permitted: z
      .strictObject({
        activities: z.array(activity).readonly().optional(),
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
          activities: z.array(activity).readonly().optional(),
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
              from: instant,
              until: instant,
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
          start: instant,
          end: instant,
          reason: z.string().max(2000),
        }),
      )
      .max(100_000)
      .readonly()
      .optional(),
    /** Fields that records of an activity must have. */
    required: z.partialRecord(activity, z.array(z.enum(REQUIRABLE_FIELDS)).readonly()).optional(),
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
  })
  .refine(({ window }) => Date.parse(window.start) < Date.parse(window.end), {
    path: ["window", "end"],
    message: "expected an end after the start",
  });
/** Terms for activity logs. */
export type ActivityTerms = z.infer<typeof activityTermsSchema>;

const MOST_CHARACTERS = 64 << 20;
const MOST_DEVICES = 1_000_000;

/**
 * Parses terms for activity logs, YAML or JSON. Ranges in the names of devices are written out.
 *
 * @throws AgreementError with the field and its line
 */
export function parseActivityTerms(text: string): ActivityTerms {
  const { value } = readTermsFile(text, activityTermsSchema, MOST_CHARACTERS);
  const devices: ActivityTerms["devices"][number][] = [];
  for (const { device, ...rest } of value.devices) {
    for (const name of namesOf(device)) {
      if (devices.length === MOST_DEVICES) {
        const message = `expected at most ${MOST_DEVICES} devices, got more`;
        throw new AgreementError("limit-exceeded", message, "devices");
      }
      devices.push({ device: name, ...rest });
    }
  }
  const twice = new Set<string>();
  for (const { device } of devices) {
    if (twice.has(device)) {
      const message = `expected each device once, got ${device} twice`;
      throw new AgreementError("contradictory-terms", message, "devices");
    }
    twice.add(device);
  }
  return { ...value, devices };
}

/** Names that a name with ranges as `{01..64}` stands for. */
function* namesOf(text: string): Generator<string> {
  const match = /^(.*?)\{(\d{1,6})\.\.(\d{1,6})\}(.*)$/.exec(text);
  if (match === null) {
    yield text;
    return;
  }
  const [, before, first, last, after] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (let n = Number(first); n <= Number(last); n++) {
    yield* namesOf(`${before}${String(n).padStart(first.length, "0")}${after}`);
  }
}
