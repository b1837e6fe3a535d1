import { instantSchema } from "@standstill/record";
import { z } from "zod";

/** A time with a start and an end after it. */
export const periodSchema = z
  .strictObject({ start: instantSchema, end: instantSchema })
  .refine(
    ({ start, end }) => Date.parse(start) < Date.parse(end),
    "expected an end after the start",
  );

/** Why or whence, in a few words. */
export const noteSchema = z.string().max(500);
