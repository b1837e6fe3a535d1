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
  return { latitude: millionths(place.latitude), longitude: millionths(place.longitude) };
}

function millionths(text: string): number {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0"));
  return text.startsWith("-") ? -value : value;
}
