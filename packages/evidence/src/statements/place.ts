import { millionths } from "@standstill/record";
import { z } from "zod";

const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?[0-9]{1,3}(?:\.[0-9]{1,6})?$/, 'expected degrees as "50.11"')
    .refine((text) => Math.abs(Number(text)) <= most, `expected at most ${most} degrees`);

/** Where something is, in degrees north and east. */
export const placeSchema = z.strictObject({ latitude: degrees(90), longitude: degrees(180) });

/** A stated place in millionths of a degree. */
export function inMillionths(place: z.infer<typeof placeSchema>) {
  return {
    latitude: Number(millionths(place.latitude)),
    longitude: Number(millionths(place.longitude)),
  };
}
