import { z } from "zod";

const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-06-04");
const percentSchema = z
  .string()
  .regex(/^(?:100|[0-9]{1,2})(?:\.[0-9]{1,2})?$/, 'expected a percentage as "55"');

/** When enough have joined: a number of them, a share of a frozen table, all that the treaty names, or several of these. */
export type EntryCondition =
  | { readonly all: readonly EntryCondition[] }
  | { readonly count: number; readonly besidesNamed?: boolean }
  | { readonly weightPercent: string }
  | { readonly named: "all" };

const entryConditionSchema: z.ZodType<EntryCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(entryConditionSchema).min(1).max(20) }),
    z.strictObject({
      count: z.int().min(1),
      besidesNamed: z.boolean().optional(),
    }) as z.ZodType<EntryCondition>,
    z.strictObject({ weightPercent: percentSchema }),
    z.strictObject({ named: z.literal("all") }),
  ]),
);

/** How a treaty enters into force, for all and for those who join later. */
export const entryRuleSchema = z.strictObject({
  name: z.string().min(1).max(200),
  source: z.string().min(1).max(1000),
  /** Facts of the encoding that were not read in the text itself. */
  unverified: z.array(z.string().max(500)).max(20),
  condition: entryConditionSchema,
  /** Kinds of instrument that count towards the condition; all kinds where absent. */
  kinds: z.array(z.string().max(60)).max(10).optional(),
  /** Days from the day the condition is met; the day itself is 0. */
  delayDays: z.int().min(0).max(3650),
  /** Never in force before this day. */
  notBefore: daySchema.optional(),
  laterJoiners: z.strictObject({
    /** Whose own clock starts: those who join after the condition is met, or only those after entry into force. */
    after: z.enum(["condition", "entry"]),
    delayDays: z.int().min(0).max(3650),
  }),
  /** Day on which it ends by its own terms. */
  expires: daySchema.optional(),
});

/** How a treaty enters into force. */
export type EntryRule = z.infer<typeof entryRuleSchema>;

/** One instrument of one state. Days as `2026-06-04`; weights in hundredths of a percent. */
export interface Instrument {
  readonly state: string;
  readonly kind: string;
  readonly deposited: string | undefined;
  /** Day on which its withdrawal or revocation took effect. */
  readonly withdrawn: string | undefined;
  readonly weight: bigint;
  readonly named: boolean;
  /** `false` for an organisation whose instrument is not additional to its members'. */
  readonly counts: boolean;
}

/** What a rule and the instruments determine. */
export interface Entry {
  /** Day at whose end the condition was first met; from then on it stays met. */
  readonly conditionMet: string | undefined;
  readonly inForce: string | undefined;
  /** Day from which each instrument binds, while it is not withdrawn. */
  readonly boundFrom: ReadonlyMap<Instrument, string>;
}

/**
 * Replays a treaty's entry into force. Conditions are judged at the end of a day. Before they are met, a withdrawn
 * instrument no longer counts; once met they stay met, and later withdrawals only change who is bound.
 *
 * @example entryOf(paris, instruments).inForce // "2016-11-04"
 */
export function entryOf(rule: EntryRule, instruments: readonly Instrument[]): Entry {
  const days = [
    ...new Set(instruments.flatMap(({ deposited, withdrawn }) => [deposited, withdrawn])),
  ];
  const conditionMet = days
    .filter((day) => day !== undefined)
    .sort()
    .find((day) => isMetOn(rule, instruments, day));
  if (conditionMet === undefined) return { conditionMet, inForce: undefined, boundFrom: new Map() };
  const inForce = later(plusDays(conditionMet, rule.delayDays), rule.notBefore ?? conditionMet);
  const start = rule.laterJoiners.after === "condition" ? conditionMet : inForce;
  const boundFrom = new Map<Instrument, string>();
  for (const instrument of instruments) {
    const { deposited } = instrument;
    if (deposited === undefined) continue;
    const own = plusDays(deposited, rule.laterJoiners.delayDays);
    boundFrom.set(instrument, deposited <= start ? inForce : later(own, inForce));
  }
  return { conditionMet, inForce, boundFrom };
}

/** Instruments that bind on a day: deposited, past their own delay, not withdrawn, the treaty not expired. */
export function boundOn(rule: EntryRule, entry: Entry, day: string): Instrument[] {
  if (rule.expires !== undefined && day >= rule.expires) return [];
  return [...entry.boundFrom]
    .filter(([{ withdrawn }, from]) => from <= day && (withdrawn === undefined || day < withdrawn))
    .map(([instrument]) => instrument);
}

/** How far the condition is on a day: instruments that count, their weight in hundredths of a percent, named ones. */
export function progressOn(rule: EntryRule, instruments: readonly Instrument[], day: string) {
  const counting = instruments.filter(
    ({ deposited, withdrawn, counts, kind }) =>
      counts &&
      deposited !== undefined &&
      deposited <= day &&
      (withdrawn === undefined || day < withdrawn) &&
      (rule.kinds === undefined || rule.kinds.includes(kind)),
  );
  return {
    count: counting.length,
    weight: counting.reduce((sum, { weight }) => sum + weight, 0n),
    named: counting.filter(({ named }) => named).length,
    allNamed: new Set(instruments.filter(({ named }) => named).map(({ state }) => state)).size,
  };
}

function isMetOn(rule: EntryRule, instruments: readonly Instrument[], day: string): boolean {
  const { count, weight, named, allNamed } = progressOn(rule, instruments, day);
  const met = (condition: EntryCondition): boolean => {
    if ("all" in condition) return condition.all.every(met);
    if ("count" in condition)
      return count - (condition.besidesNamed === true ? named : 0) >= condition.count;
    if ("weightPercent" in condition) return weight >= hundredths(condition.weightPercent);
    return allNamed > 0 && named >= allNamed;
  };
  return met(rule.condition);
}

/** A percentage with at most two decimals in hundredths. */
export function hundredths(percent: string): bigint {
  const [whole = "0", fraction = ""] = percent.split(".");
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0").slice(0, 2));
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
