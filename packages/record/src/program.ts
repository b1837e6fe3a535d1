import { z } from "zod";
import type { Said } from "./admission.ts";
import { nameSchema, type StatementKind, sha256Schema } from "./statement.ts";

/**
 * `program/vouch`: somebody says which bytes a program has, as whoever built it from the source found them. Who keeps the
 * file compares its hash with those that several parties vouch for.
 */
export const programVouch = {
  type: "program/vouch",
  roles: ["party", "keeper", "inspector", "adjudicator", "assessor"],
  body: z.strictObject({
    program: nameSchema,
    version: z.string().regex(/^[0-9A-Za-z.+-]{1,64}$/, "expected a version as 1.2.3"),
    sha256: sha256Schema,
  }),
} satisfies StatementKind;

/** What somebody last said of a program. */
export interface Vouched {
  readonly version: string;
  /** SHA-256 of the program's bytes in hexadecimal. */
  readonly sha256: string;
  readonly index: number;
}

/** For each program what each issuer last said of it. */
export type Programs = ReadonlyMap<string, ReadonlyMap<string, Vouched>>;

/** `program/vouch`: the last word of each issuer counts. */
export function reduceVouch(
  programs: Programs,
  said: Said<z.infer<typeof programVouch.body>>,
): Programs {
  const { program, version, sha256 } = said.body;
  const { issuer } = said.statement;
  const vouched = new Map(programs.get(program)).set(issuer, {
    version,
    sha256,
    index: said.index,
  });
  return new Map(programs).set(program, vouched);
}
