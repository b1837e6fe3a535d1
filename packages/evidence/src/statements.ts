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

/** `site/declare`: a party names a site and the accelerators in it, node by node. */
export const siteDeclare = {
  type: "site/declare",
  roles: ["party"],
  body: z.strictObject({
    site: nameSchema,
    title: z.string().min(1).max(200),
    /** Where the readings come from when they are a replay of recorded data. */
    replayed: note.optional(),
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
      .array(z.strictObject({ kind: z.enum(["node-power", "accounting"]), signer: nameSchema }))
      .max(20),
    seal: z.strictObject({
      root: sha256Schema,
      energyMillijoules: z.string().regex(/^(?:0|[1-9][0-9]{0,29})$/),
    }),
    /** Hash of the evidence, where the agreement lets it be published whole. */
    evidence: sha256Schema,
  }),
} satisfies StatementKind;

/** Body of `site/declare`. */
export type Site = z.infer<typeof siteDeclare.body>;
/** Body of `run/declare`. */
export type Run = z.infer<typeof runDeclare.body>;
/** Body of `period/report`. */
export type PeriodReport = z.infer<typeof periodReport.body>;
/** What a feed measures. */
export type FeedKind = PeriodReport["feeds"][number]["kind"];
