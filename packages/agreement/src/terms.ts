import { canonicalBytes, nameSchema, quantitySchema, sha256, toHex } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "./condition.ts";
import { AgreementError } from "./error.ts";

const sentence = z.string().min(1).max(1000);
const publicKeySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected a public key of 32 bytes in lower-case hexadecimal");
/** A share of one as a decimal string, as "0.90". */
const shareSchema = z
  .string()
  .regex(/^(?:0\.[0-9]{1,6}|1(?:\.0{1,6})?)$/, 'expected a share as "0.90"');

const intervalSchema = (unit: "FLOP/J" | "W") =>
  z.strictObject({
    low: quantitySchema(unit),
    high: quantitySchema(unit),
    provenance: z.enum(["reported", "measured", "calculated", "estimated"]),
    source: sentence,
  });

const acceleratorSchema = z.strictObject({
  id: nameSchema,
  name: z.string().max(100),
  /** Dense peak by precision; a precision that the catalogue leaves blank is absent, never zero. */
  peak: z.strictObject({
    bf16: quantitySchema("FLOP/s"),
    fp8: quantitySchema("FLOP/s").optional(),
  }),
  /** Model FLOP per joule at the node's wall, from sources other than the runs judged here. */
  efficiency: intervalSchema("FLOP/J"),
  /** Share of the dense bf16 peak that real training reaches. */
  utilization: z.strictObject({ low: shareSchema, high: shareSchema, source: sentence }),
  /** Power of one accelerator's share of a node at the wall: idle and full. */
  power: z.strictObject({ idle: intervalSchema("W"), full: intervalSchema("W") }),
  source: sentence,
});

const obligationHead = { id: nameSchema, title: sentence, mode: modeSchema };
const obligationSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...obligationHead,
    kind: z.literal("training-run-limit"),
    limit: quantitySchema("FLOP"),
  }),
  z.strictObject({
    ...obligationHead,
    kind: z.literal("training-declared"),
    above: quantitySchema("FLOP"),
  }),
  z.strictObject({ ...obligationHead, kind: z.literal("accelerators-registered") }),
]);

/** Everything the parties agree on, except the keys. */
export const draftSchema = z.strictObject({
  name: z.string().min(1).max(200),
  version: z.int().min(1),
  about: sentence,
  parties: z
    .array(z.strictObject({ id: nameSchema, name: z.string().min(1).max(100) }))
    .min(1)
    .max(1000),
  keeper: z.strictObject({ id: nameSchema, name: z.string().min(1).max(100) }),
  witnesses: z.array(z.strictObject({ id: nameSchema, party: nameSchema })).max(100),
  witnessQuorum: z.int().min(0),
  window: z.strictObject({ milliseconds: z.int().min(1).max(60_000) }),
  counting: z.strictObject({ rule: z.literal("every-operation-equally"), source: sentence }),
  accelerators: z.array(acceleratorSchema).min(1).max(1000),
  obligations: z.array(obligationSchema).min(1).max(100),
  goals: z.strictObject({
    significantQuantity: quantitySchema("FLOP"),
    detectionProbability: shareSchema,
    falseAlarmRate: shareSchema,
    evasions: z.array(z.enum(["training-as-inference", "undeclared-run"])).max(10),
  }),
  /** Lines that a measured indicator may cross; days within which something doubles. */
  tripwires: z
    .array(
      z.strictObject({
        id: nameSchema,
        indicator: z.literal("training-compute"),
        watchBelowDays: z.int().min(1),
        tripBelowDays: z.int().min(1),
        source: sentence,
      }),
    )
    .max(100),
  synchrony: z.strictObject({ smallestCorrelation: shareSchema, source: sentence }),
});

/** Terms as adopted: the draft with every key in it. Their hash names the agreement. */
export const termsSchema = z.strictObject({
  ...draftSchema.shape,
  keys: z
    .array(z.strictObject({ holder: nameSchema, publicKey: publicKeySchema }))
    .min(1)
    .max(5000),
  log: z.strictObject({ vkey: z.string().max(300) }),
  witnessKeys: z.array(z.strictObject({ witness: nameSchema, vkey: z.string().max(300) })).max(100),
});

/** Terms without keys, as people write them. */
export type Draft = z.infer<typeof draftSchema>;
/** Terms as adopted. */
export type Terms = z.infer<typeof termsSchema>;
/** One obligation of the terms. */
export type Obligation = Terms["obligations"][number];
/** One accelerator type of the terms' catalogue. */
export type Accelerator = Terms["accelerators"][number];

/** The agreement's name: SHA-256 of the canonical JSON of its terms. */
export function termsHash(terms: Terms): string {
  return toHex(sha256(canonicalBytes(terms)));
}

/** Refuses terms that contradict themselves: names used twice, roles for nobody, intervals upside down. */
export function checkTerms(terms: Draft): void {
  const refuse = (message: string, place: string) =>
    new AgreementError("contradictory-terms", message, place);
  const holders = [terms.keeper.id, ...terms.parties.map((party) => party.id)];
  const unique = (names: readonly string[], place: string) => {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw refuse(`expected each name once, got "${twice}" twice`, place);
  };
  unique(holders, "parties");
  unique(
    terms.obligations.map((o) => o.id),
    "obligations",
  );
  unique(
    terms.accelerators.map((a) => a.id),
    "accelerators",
  );
  unique(
    terms.tripwires.map((t) => t.id),
    "tripwires",
  );
  unique(
    terms.witnesses.map((w) => w.id),
    "witnesses",
  );
  for (const [i, witness] of terms.witnesses.entries()) {
    if (!holders.includes(witness.party)) {
      throw refuse(`expected a party that exists, got "${witness.party}"`, `witnesses.${i}.party`);
    }
  }
  if (terms.witnessQuorum > terms.witnesses.length) {
    throw refuse(
      `expected a quorum of at most ${terms.witnesses.length}, got ${terms.witnessQuorum}`,
      "witnessQuorum",
    );
  }
  for (const [i, accelerator] of terms.accelerators.entries()) {
    for (const [name, { low, high }] of Object.entries({
      efficiency: accelerator.efficiency,
      ...accelerator.power,
    })) {
      if (BigInt(low.split(" ")[0] as string) > BigInt(high.split(" ")[0] as string)) {
        throw refuse(
          `expected low of at most high, got ${low} and ${high}`,
          `accelerators.${i}.${name}`,
        );
      }
    }
  }
}
