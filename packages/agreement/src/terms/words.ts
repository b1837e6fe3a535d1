import { z } from "zod";

/** A sentence or a few, of terms. */
export const sentence = z.string().min(1).max(1000);
