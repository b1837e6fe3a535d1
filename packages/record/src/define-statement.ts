import type { z } from "zod";
import type { Refusal, Said } from "./admission.ts";
import type { Role } from "./statement.ts";

/** Whose signatures do not count for one statement, and how many must at least. */
export interface SignersAsked {
  /** Organisations that take no part. */
  readonly recused: ReadonlySet<string>;
  readonly needed: number;
}

/**
 * One kind of statement in one version of its schema: what its body holds, who may say it, and what saying it does. A definition knows
 * of the state only the parts that it reads, so that its noun's package need not know the others.
 *
 * @typeParam Slice the parts of the state that it reads
 * @typeParam Changes those of them that it changes
 * @typeParam Schema what its body holds
 */
export interface StatementDefinition<in Slice, out Changes, Schema extends z.ZodType> {
  /** `noun/verb`; both one word in lower-case letters. */
  readonly type: string;
  /** The present draft, or the number of a release as text; several definitions may have one type. */
  readonly version: string;
  /** In which roles it may be said. */
  readonly roles: readonly Role[];
  /** What saying it does, as one plain sentence. */
  readonly words: string;
  readonly body: Schema;
  /** Who must sign beyond what the issuer's role asks; the role alone says where this is absent. */
  readonly signers?: (state: Slice, body: z.output<Schema>, issuer: string) => SignersAsked;
  /** The parts of the state that are others afterwards, or why it is not admitted. */
  readonly reduce: (state: Slice, said: Said<z.output<Schema>>) => Changes | Refusal;
}

/**
 * Defines a kind of statement. It gives back what it is given; its type holds schema and reducer against each other.
 *
 * @example
 * export const stopDone = defineStatement({
 *   type: "stop/done",
 *   version: DRAFT,
 *   roles: ["party"],
 *   words: "A party says that a site has stopped.",
 *   body: z.strictObject({ site: nameSchema, text: z.string() }),
 *   reduce: ({ gate }: GatePart, { body }) => ({ gate: stopped(gate, body.site, body.text) }),
 * });
 */
export function defineStatement<Slice, Changes extends Partial<Slice>, Schema extends z.ZodType>(
  definition: StatementDefinition<Slice, Changes, Schema>,
): StatementDefinition<Slice, Changes, Schema> {
  return definition;
}
