import { instantSchema, nameSchema, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { conditionSchema } from "../conditions/condition.ts";
import { daySchema } from "../instant.ts";
import { modeSchema } from "./mode.ts";
import { shareSchema } from "./share.ts";
import { sentence } from "./words.ts";

const days = z.int().min(0).max(36_500);
const hours = z.int().min(1).max(87_600);

/** The text that the terms stand for, in which languages, and which prevails. */
export const textSchema = z.strictObject({
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?$/, "expected a language as fr"))
    .min(1)
    .max(50),
  /** SHA-256 of the authentic text. */
  sha256: sha256Schema.optional(),
  prevails: z.enum(["text", "code"]),
});

/** Somebody with a task under the agreement: inspectors, a panel, assessors. */
export const roleSchema = z.strictObject({
  id: nameSchema,
  name: z.string().min(1).max(100),
  task: z.enum(["inspector", "adjudicator", "assessor"]),
  /** Those who hold it together; `signatures` of them must sign. */
  holders: z.array(nameSchema).min(1).max(100),
  signatures: z.int().min(1).max(100),
});

/** A term that other clauses rest on, with its version. */
export const definitionSchema = z.strictObject({
  id: nameSchema,
  version: z.int().min(1),
  text: sentence,
  rests: z.array(nameSchema).max(20).optional(),
});

/** Relief: who, or which use, is free of which obligations, and up to which limit of its own. */
export const exemptionSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  from: z.array(nameSchema).min(1).max(50),
  /** Group that it is for; anybody where absent. */
  group: nameSchema.optional(),
  /** Uses that it is for. */
  uses: z.array(nameSchema).max(50).optional(),
  /** Relief for small actors: only below so many H100e. */
  belowH100e: z.int().min(1).optional(),
  /** Its own limit, in FLOP, and the days for which the limit counts. */
  limit: z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/, "expected a whole amount in FLOP")
    .optional(),
  perDays: z.int().min(1).max(3660).optional(),
  until: daySchema.optional(),
});

/** A declared use of compute, and where it stands. */
export const useSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  stance: z.enum(["permitted", "limited", "prohibited"]),
  limit: z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/, "expected a whole amount in FLOP")
    .optional(),
  perDays: z.int().min(1).max(3660).optional(),
});

/** What is reported when. */
export const reportSchema = z.strictObject({
  id: nameSchema,
  kind: z.enum(["initial", "periodic", "change", "plan", "actual"]),
  title: sentence,
  /** Days after what it reports; for a plan, days before. */
  withinDays: days,
  everyDays: z.int().min(1).max(3660).optional(),
  /** Periods of calendar months, the first from the first day of the month after entry into force. */
  everyMonths: z.int().min(1).max(120).optional(),
});

/**
 * From when on whoever comes to be bound accounts for what it did before: that time is judged as if a cap had bound it. Without this, time
 * before being bound is not judged.
 */
export const accountsSchema = z.strictObject({ from: instantSchema });

/** How many inspections a party owes, and how soon access is given. */
export const inspectionsSchema = z.strictObject({
  perPartyPerYear: z.int().min(0).max(10_000),
  accessWithinHours: hours,
  challenge: z.enum(["red-light", "green-light"]),
  /** Share of those who decide that it takes to stop or to permit one. */
  majority: shareSchema,
  title: sentence.optional(),
});

/** Who takes a step: the accused party, any other party, the keeper, inspectors or the panel. */
const actorSchema = z.enum(["party", "accused", "keeper", "inspectors", "panel"]);

/** A step of a case: who takes it, by when, and what follows from silence. */
export const stepSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  by: actorSchema,
  withinHours: hours,
  ifSilent: sentence,
  /** Who may give it more time once, and how much. */
  extension: z.strictObject({ by: actorSchema, hours }).optional(),
  /**
   * A vote of the parties besides the accused: in green light this share permits what follows, in red light this share stops it. Silence
   * stops under green light and permits under red light.
   */
  light: z
    .strictObject({ rule: z.enum(["red-light", "green-light"]), majority: shareSchema })
    .optional(),
  /** It is skipped where that step, a vote, stopped it. */
  onlyIf: nameSchema.optional(),
});

/** How doubt is settled: who rules, by what majority, in which steps. */
export const adjudicationSchema = z.strictObject({
  panel: nameSchema,
  /** Share of the members who are not recused that has to sign, and that has to agree. Whoever signs agrees. */
  quorum: shareSchema,
  majority: shareSchema,
  /** What has to be shown before a violation is found. */
  standard: sentence,
  steps: z.array(stepSchema).min(1).max(30),
  appealWithinDays: days.optional(),
  /** Cases that a party may open in a year and that end without a violation, those still open among them. */
  opensPerYear: z.int().min(0).max(1000).optional(),
});

/** How gates answer that stand where compute is used. */
export const gateSchema = z.strictObject({
  /** What they answer where they cannot tell: the record is old, or no answer comes in time. */
  whenUnsure: z.enum(["refuse", "allow"]),
  /** Hours after the newest mark from which on the record is too old. */
  staleHours: hours,
  /** For how long a job without a time limit may run before it asks again. */
  leaseHours: hours,
  /** How long, and how often in a year, a party may open its gate in an emergency that it puts on record. */
  breakGlass: z.strictObject({ hours, perYear: z.int().min(1).max(1000) }).optional(),
});

/** What raises the mode of everybody bound, by rule. */
export const triggerSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  when: conditionSchema,
  mode: modeSchema,
  lasts: z.enum(["while-met", "until-lifted"]),
});

/** A safeguard that the agreement wants in place. */
export const safeguardSchema = z.strictObject({
  id: nameSchema,
  title: sentence,
  assessedBy: nameSchema.optional(),
});

/** Hours from the trigger of a pause to what everybody bound owes. */
export const pauseSchema = z.strictObject({
  /** Says which jobs have to stop, and how long it takes to leave them in order. */
  readyWithinHours: hours,
  /** All stop together at this hour. */
  stopWithinHours: hours,
  /** Has reported a period after the stop, which shows it. */
  shownWithinHours: hours,
});

/** What ends the standstill. */
export const liftSchema = z.strictObject({
  title: sentence,
  when: conditionSchema,
  noticeDays: days,
  /** Limits on training runs that stay for a time after the lifting, so that it is no race; days from the lifting on. */
  ramp: z
    .array(
      z.strictObject({
        untilDays: z.int().min(1).max(3660),
        limit: z.string().regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/, "expected a whole amount in FLOP"),
      }),
    )
    .min(1)
    .max(50)
    .optional(),
});

/** How it enters into force, for all and for those who join later. */
export const entrySchema = z.strictObject({
  title: sentence,
  when: conditionSchema,
  /** Days from the day the condition is met; the day itself is 0. */
  delayDays: days,
  notBefore: daySchema.optional(),
  /** `once`: met once, met for good. `throughout`: it must go on holding. */
  holds: z.enum(["once", "throughout"]),
  /** Whether a condition no longer met on the day of entry stops the entry. */
  askedAgain: z.boolean().optional(),
  laterJoiners: z
    .strictObject({
      /** Whose own clock starts: those who join after the condition is met, or only those after entry into force. */
      after: z.enum(["condition", "entry"]),
      delayDays: days,
    })
    .optional(),
});

/** How long it lasts by its own terms. */
export const durationSchema = z.strictObject({
  title: sentence,
  until: daySchema.optional(),
  days: z.int().min(1).max(36_500).optional(),
  extension: z.strictObject({ when: conditionSchema, until: daySchema }).optional(),
});

/** How a party leaves. */
export const withdrawalSchema = z.strictObject({
  title: sentence,
  noticeDays: days,
  /** Days after being bound before which no notice can be given. */
  notBeforeDays: days.optional(),
  /** While this holds, a withdrawal does not take effect. */
  heldBackWhile: conditionSchema.optional(),
});

/** How the terms are changed: what must hold of those who consent. */
export const amendmentSchema = z.strictObject({
  title: sentence,
  when: conditionSchema,
});
