import { z } from "zod";
import { inDays } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** Each accelerator is registered with its site and node. */
export type AcceleratorsRegistered = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("accelerators-registered"),
  /** Whether the register says where each one is. */
  located: z.boolean().optional(),
  everyDays: z.int().min(1).max(3660).optional(),
});

/** The rule of `accelerators-registered`. */
export const acceleratorsRegistered = obligationRule<AcceleratorsRegistered>({
  schema,
  holdsBack: false,
  isNeeded: true,
  isMeasurable: true,
  sentences: ({ located, everyDays }) => [
    `Each accelerator is registered with its site and node${placeWords(located)}.`,
    ...(everyDays === undefined
      ? []
      : [`The register is brought up to date every ${inDays(everyDays)}.`]),
  ],
  stricter: { located: ["false", "true"], everyDays: "less" },
});

function placeWords(located: boolean | undefined): string {
  if (located === undefined) return "";
  return located ? ", and the register says where it is" : ", but not its place";
}
