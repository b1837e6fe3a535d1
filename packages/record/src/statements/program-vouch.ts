import { z } from "zod";
import { defineStatement } from "../define-statement.ts";
import { DRAFT } from "../draft.ts";
import { nameSchema, ROLES, sha256Schema } from "../statement.ts";

/** What somebody last said of a program. */
export interface Vouched {
  readonly version: string;
  /** SHA-256 of the program's bytes in hexadecimal. */
  readonly sha256: string;
  readonly index: number;
}

/** For each program what each issuer last said of it. */
export type Programs = ReadonlyMap<string, ReadonlyMap<string, Vouched>>;

/** What of a state holds what is vouched for. */
export interface ProgramsPart {
  /** Which bytes programs have, as each issuer says. */
  readonly programs: Programs;
}

/**
 * `program/vouch`: somebody says which bytes a program has, as whoever built it from the source found them. Who keeps the
 * file compares its hash with those that several parties vouch for. The last word of each issuer counts.
 */
export const programVouch = defineStatement({
  type: "program/vouch",
  version: DRAFT,
  roles: ROLES,
  words: "Somebody vouches for the bytes of a program that it built from the source.",
  body: z.strictObject({
    program: nameSchema,
    version: z.string().regex(/^[0-9A-Za-z.+-]{1,64}$/, "expected a version as 1.2.3"),
    sha256: sha256Schema,
  }),
  reduce: ({ programs }: ProgramsPart, { index, statement, body }) => {
    const { program, version, sha256 } = body;
    const vouched = new Map(programs.get(program)).set(statement.issuer, {
      version,
      sha256,
      index,
    });
    return { programs: new Map(programs).set(program, vouched) };
  },
});
