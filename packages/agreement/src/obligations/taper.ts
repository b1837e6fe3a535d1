import { DAY_MS, parseQuantity, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount, inDays } from "../explain/words.ts";
import type { ObligationFlaw, When } from "./rule.ts";

/** A limit in FLOP that may fall by a schedule. */
export interface Tapered {
  readonly limit: string;
  readonly taper?: readonly TaperStep[] | undefined;
}

/** A step of a schedule, in days from the entry into force. */
export interface TaperStep {
  readonly afterDays: number;
  readonly limit: string;
}

/** Schema of a schedule by which a limit falls while the mode is `taper`. */
export const taperSchema = z
  .array(z.strictObject({ afterDays: z.int().min(0).max(36_500), limit: quantitySchema("FLOP") }))
  .min(1)
  .max(50);

/** The limit that counts: nothing at all in a pause, in a taper the lowest of the steps that have come. */
export function limitInForce({ limit, taper = [] }: Tapered, { mode, elapsedMs }: When): string {
  if (mode === "pause") return "0 FLOP";
  if (mode !== "taper" || elapsedMs === undefined) return limit;
  const due = taper.filter(({ afterDays }) => elapsedMs >= afterDays * DAY_MS);
  return due.reduce((least, step) => (flop(step.limit) < flop(least) ? step.limit : least), limit);
}

/** A schedule in prose. */
export function taperSentences({ taper = [] }: Tapered): string[] {
  return taper.map(
    ({ afterDays, limit }) =>
      `In a taper the limit falls to ${amount(limit, "FLOP")} after ${inDays(afterDays)}.`,
  );
}

/** The flaw of a schedule that does not fall. */
export function taperFlaws({ limit, taper = [] }: Tapered): ObligationFlaw[] {
  let before = { afterDays: -1, limit };
  for (const step of taper) {
    if (step.afterDays <= before.afterDays || flop(step.limit) >= flop(before.limit))
      return [
        {
          rule: "taper-rises",
          path: ["taper"],
          sentence:
            "The schedule does not fall step by step from the limit, in order of days. Put the steps in order and lower each.",
        },
      ];
    before = step;
  }
  return [];
}

function flop(text: string): bigint {
  return parseQuantity(text, "FLOP");
}
