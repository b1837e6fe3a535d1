import { z } from "zod";

/** Schema of a line in H100e. */
export const h100eLineSchema = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/, 'expected a whole number of H100e as "16"');
