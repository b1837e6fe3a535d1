import { nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "./mode.ts";
import { sentence } from "./words.ts";

const flop = quantitySchema("FLOP");

const head = {
  id: nameSchema,
  title: sentence,
  /** Mode from which on it binds. */
  mode: modeSchema,
  /** Where the text says so, as "Article IV(2)". */
  clause: z.string().min(1).max(120).optional(),
  /** Definitions that its words rest on. */
  rests: z.array(nameSchema).max(20).optional(),
  /** Group that it binds; all parties where absent. */
  binds: nameSchema.optional(),
};

/** A limit that falls by a schedule while the mode is `taper`; days from entry into force. */
const taper = z
  .array(z.strictObject({ afterDays: z.int().min(0).max(36_500), limit: flop }))
  .min(1)
  .max(50);

/** The three-part test of a cluster: it is covered if it passes any one of the lines that are drawn. */
const clusterTest = {
  aboveH100e: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, 'expected a whole number of H100e as "16"')
    .optional(),
  aboveMemory: quantitySchema("bytes").optional(),
  aboveBandwidth: quantitySchema("bit/s").optional(),
};

/** What a party owes. Each kind is one rule that a check, the gate or an inspection can apply. */
export const obligationSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...head,
    kind: z.literal("training-run-limit"),
    limit: flop,
    /** Counted for one run, or over a model's whole ancestry. */
    over: z.enum(["run", "lineage"]).optional(),
    taper: taper.optional(),
  }),
  z.strictObject({ ...head, kind: z.literal("post-training-limit"), limit: flop }),
  z.strictObject({ ...head, kind: z.literal("training-declared"), above: flop }),
  z.strictObject({
    ...head,
    kind: z.literal("declared-before-start"),
    above: flop,
    noticeDays: z.int().min(0).max(365),
    /** What no answer means. */
    silence: z.enum(["approval", "refusal"]),
    /** Role whose holders approve, where somebody must. */
    approvedBy: nameSchema.optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("cluster-limit"),
    ...clusterTest,
    /** Whether such clusters are forbidden, or only declared. */
    stance: z.enum(["forbidden", "declared"]),
    withinDays: z.int().min(0).max(3650).optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("research-compute-limit"),
    limit: flop,
    perDays: z.int().min(1).max(3660),
    taper: taper.optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("accelerators-registered"),
    /** Whether the register says where each one is. */
    located: z.boolean().optional(),
    everyDays: z.int().min(1).max(3660).optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("release-gate"),
    /** Safeguards that must be accepted before a model is released. */
    safeguards: z.array(nameSchema).min(1).max(50),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("automation-limit"),
    /** Tripwire from whose tripping on the practice is forbidden. */
    from: nameSchema,
    practice: sentence,
  }),
  z.strictObject({
    ...head,
    kind: z.literal("powered-off"),
    /** Clusters above this are powered off, and shown to be. */
    aboveH100e: clusterTest.aboveH100e,
    shownBy: sentence,
  }),
  z.strictObject({
    ...head,
    kind: z.literal("report"),
    /** What has to be reported, to whom, and how soon. */
    of: sentence,
    to: z.string().min(1).max(200),
    withinHours: z.int().min(1).max(87_600),
  }),
  /** A duty in words that no check measures; it is judged by ruling only. */
  z.strictObject({ ...head, kind: z.literal("conduct"), text: sentence }),
]);

/** One obligation of the terms. */
export type Obligation = z.infer<typeof obligationSchema>;
/** Kind of an obligation. */
export type ObligationKind = Obligation["kind"];

/** Obligations that draw a line in FLOP, which means nothing without a counting rule. */
export const COUNTED_KINDS: ReadonlySet<ObligationKind> = new Set([
  "training-run-limit",
  "post-training-limit",
  "training-declared",
  "declared-before-start",
  "research-compute-limit",
]);

/** The amount of FLOP at which an obligation draws its line, if it draws one; the first of its fields that does. */
export function lineOf(
  obligation: Obligation,
): { readonly field: "limit" | "above"; readonly amount: string } | undefined {
  if ("limit" in obligation) return { field: "limit", amount: obligation.limit };
  return "above" in obligation ? { field: "above", amount: obligation.above } : undefined;
}
