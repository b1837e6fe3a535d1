import { sha256Schema } from "@standstill/record";
import { z } from "zod";

/** What somebody says in a case, for people to read. */
export const textSchema = z.string().min(1).max(2000);

/** SHA-256 of what a word rests on; what is confidential stays a commitment. */
export const evidenceSchema = sha256Schema.nullable();
