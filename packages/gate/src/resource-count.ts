import { z } from "zod";

/** What a suffix of a quantity stands for, as far as whole devices are counted with it. */
const SCALES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1_000,
  M: 1_000_000,
  G: 1_000_000_000,
  Ki: 1_024,
  Mi: 1_048_576,
  Gi: 1_073_741_824,
  e3: 1_000,
  e6: 1_000_000,
  e9: 1_000_000_000,
};
const QUANTITY = /^([0-9]{1,9})(|k|M|G|Ki|Mi|Gi|e3|e6|e9)$/;

/**
 * A count of devices as Kubernetes writes it (`resource.Quantity` in its canonical form): the API server writes 2000 as `2k`, and keeps `2Ki` and `2e3`.
 * Devices are whole, so that no smaller suffix comes.
 */
export const resourceCount = z.union([
  z.int().min(0),
  z
    .string()
    .regex(QUANTITY, "expected a whole number of devices as 8 or 2k")
    .transform((text) => {
      const [, digits = "", suffix = ""] = QUANTITY.exec(text) ?? [];
      return Number(digits) * (SCALES[suffix] ?? Number.NaN);
    }),
]);
