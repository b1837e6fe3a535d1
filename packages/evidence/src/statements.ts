import {
  instantSchema,
  nameSchema,
  quantitySchema,
  type StatementKind,
  sha256Schema,
} from "@standstill/record";
import { z } from "zod";

const note = z.string().max(500);
const periodSchema = z
  .strictObject({ start: instantSchema, end: instantSchema })
  .refine(
    ({ start, end }) => Date.parse(start) < Date.parse(end),
    "expected an end after the start",
  );

const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?[0-9]{1,3}(?:\.[0-9]{1,6})?$/, 'expected degrees as "50.11"')
    .refine((text) => Math.abs(Number(text)) <= most, `expected at most ${most} degrees`);
const placeSchema = z.strictObject({ latitude: degrees(90), longitude: degrees(180) });

/** `site/declare`: a party names a site and the accelerators in it, node by node. */
export const siteDeclare = {
  type: "site/declare",
  roles: ["party"],
  body: z.strictObject({
    site: nameSchema,
    title: z.string().min(1).max(200),
    /** Where the readings come from when they are a replay of recorded data. */
    replayed: note.optional(),
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
  }),
} satisfies StatementKind;

/** How much work a run is declared to be: by tokens and parameters, or by time on accelerators. */
export const workSchema = z.discriminatedUnion("basis", [
  z.strictObject({
    basis: z.literal("tokens"),
    /** Parameters that act on each token. */
    parameters: quantitySchema("parameters"),
    tokens: quantitySchema("tokens"),
  }),
  z.strictObject({
    basis: z.literal("accelerator-time"),
    accelerators: z.int().min(1),
    seconds: quantitySchema("s"),
  }),
]);

/** `run/declare`: a party declares one activity on named nodes of a site. */
export const runDeclare = {
  type: "run/declare",
  roles: ["party"],
  body: z.strictObject({
    run: nameSchema,
    site: nameSchema,
    activity: z.enum(["training", "inference", "other"]),
    model: z.string().min(1).max(200),
    precision: z.enum(["bf16", "fp8"]),
    work: workSchema,
    nodes: z.array(nameSchema).min(1).max(600),
    period: periodSchema,
    /** Whether each node does its own work, as separate servers do, or all work on one thing. */
    nodesTogether: z.boolean(),
    /** Runs whose result it rests on: as the weights that it starts from, or as what it learns from. */
    parents: z
      .array(
        z.strictObject({
          run: nameSchema,
          as: z.enum(["weights", "merged-weights", "teacher", "synthetic-data", "reward-model"]),
        }),
      )
      .max(100)
      .optional(),
  }),
} satisfies StatementKind;

/** `period/report`: a party closes a period of a site, sealed before anybody knows what will be opened. */
export const periodReport = {
  type: "period/report",
  roles: ["party"],
  body: z.strictObject({
    site: nameSchema,
    period: periodSchema,
    feeds: z
      .array(
        z.strictObject({
          kind: z.enum(["node-power", "accounting", "counters"]),
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
  }),
} satisfies StatementKind;

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
    reason: note.optional(),
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

/**
 * `measurement/report`: somebody tells what it measured of a party or a site in a period. What a party tells of itself is its own
 * word; what another tells is independent of it.
 */
export const measurementReport = {
  type: "measurement/report",
  roles: ["party", "inspector"],
  body: z.strictObject({
    /** The party, or one of its sites. */
    of: nameSchema,
    period: periodSchema,
    measured: z.array(measuredSchema).min(1).max(1000),
  }),
} satisfies StatementKind;

/** Body of `measurement/report`. */
export type MeasurementReport = z.infer<typeof measurementReport.body>;
/** One thing that was measured. */
export type Measured = MeasurementReport["measured"][number];

/** A stated place in millionths of a degree. */
export function placeOf(place: z.infer<typeof placeSchema>) {
  return { latitude: millionths(place.latitude), longitude: millionths(place.longitude) };
}

function millionths(text: string): number {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0"));
  return text.startsWith("-") ? -value : value;
}

/** Body of `site/declare`. */
export type Site = z.infer<typeof siteDeclare.body>;
/** Body of `run/declare`. */
export type Run = z.infer<typeof runDeclare.body>;
/** Body of `period/report`. */
export type PeriodReport = z.infer<typeof periodReport.body>;
/** What a feed measures. */
export type FeedKind = PeriodReport["feeds"][number]["kind"];
