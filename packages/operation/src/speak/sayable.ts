import type { z } from "zod";

/** A kind of statement as whoever says it needs it: its name, and what its body holds. */
export interface Sayable<Body extends object> {
  readonly type: string;
  readonly body: z.ZodType<Body>;
}
