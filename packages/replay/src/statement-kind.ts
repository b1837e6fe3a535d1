import {
  describeIssues,
  isRefusal,
  type Refusal,
  type Role,
  refuse,
  type Said,
  type SignersAsked,
  type StatementDefinition,
} from "@standstill/record";
import type { z } from "zod";
import type { Consequence } from "./consequences.ts";
import type { StateUnderTerms } from "./state.ts";

/** A statement's place in the record, before its body is read. */
export type Placed = Omit<Said, "body">;

/** What a statement of known form asks of the state, and does to it. The type of its body stays inside. */
export interface Spoken {
  /** Whose signatures do not count for it, and how many must, where that is not the issuer's own rule alone. */
  readonly signers: (state: StateUnderTerms, issuer: string) => SignersAsked | undefined;
  readonly reduce: (state: StateUnderTerms, placed: Placed) => StateUnderTerms | Refusal;
}

/** One kind of statement as admission knows it: by the definition of its noun, and by what it brings about in others. */
export interface StatementKind
  extends Pick<
    StatementDefinition<StateUnderTerms, object, z.ZodType>,
    "type" | "version" | "words" | "body"
  > {
  readonly roles: readonly Role[];
  /** Reads a body, or says why it is none of this kind (`malformed-body`). */
  readonly read: (body: unknown) => Spoken | Refusal;
}

/**
 * A kind of statement from its definition, with what follows from it in other nouns, in order.
 *
 * @example kind(timeMark, timePasses, settling(levelsOfTripwires, reportsFallDue))
 */
export function kind<Schema extends z.ZodType>(
  definition: StatementDefinition<StateUnderTerms, Partial<StateUnderTerms>, Schema>,
  ...consequences: readonly Consequence<z.output<Schema>>[]
): StatementKind {
  const { type, version, roles, words, body: schema } = definition;
  const read = (json: unknown): Spoken | Refusal => {
    const parsed = schema.safeParse(json);
    if (!parsed.success)
      return refuse("malformed-body", `${type}: ${describeIssues(parsed.error)}`);
    const body = parsed.data;
    return {
      signers: (state, issuer) => definition.signers?.(state, body, issuer),
      reduce: (state, placed) => {
        const said = { ...placed, body };
        const changes = definition.reduce(state, said);
        if (isRefusal(changes)) return changes;
        return consequences.reduce((next, follow) => follow(next, said), { ...state, ...changes });
      },
    };
  };
  return { type, version, roles, words, body: schema, read };
}
