import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "../terms/mode.ts";
import { sentence } from "../terms/words.ts";

/** What every obligation has, whatever its kind. */
export type ObligationHead = z.infer<typeof headSchema>;

/** Fields of every obligation, to be spread into the schema of a kind. */
export const head = {
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

/** Schema of what every obligation has. */
export const headSchema = z.strictObject(head);
