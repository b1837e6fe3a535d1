import { type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { conditionSchema, modeSchema } from "./condition.ts";
import { termsSchema } from "./terms.ts";

/** `agreement/propose`: the keeper puts the terms on the record, whole. */
export const agreementPropose = {
  type: "agreement/propose",
  roles: ["keeper"],
  body: z.strictObject({ terms: termsSchema }),
} satisfies StatementKind;

/** `agreement/adopt`: a party adopts the terms with this hash. */
export const agreementAdopt = {
  type: "agreement/adopt",
  roles: ["party"],
  body: z.strictObject({ terms: sha256Schema }),
} satisfies StatementKind;

/** `pledge/make`: a party binds itself at a mode while a condition on the others holds. */
export const pledgeMake = {
  type: "pledge/make",
  roles: ["party"],
  body: z.strictObject({ mode: modeSchema, while: conditionSchema }),
} satisfies StatementKind;
