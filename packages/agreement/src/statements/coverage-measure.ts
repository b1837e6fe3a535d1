import { type ClockPart, DRAFT, defineStatement } from "@standstill/record";
import { z } from "zod";
import type { Facts } from "../facts.ts";
import { settled } from "../settle.ts";
import type { AgreedPart } from "../state.ts";

/**
 * `coverage/measure`: how much of the world's compute is under the agreement, as a lower bound with its source. The newest bound counts.
 */
export const coverageMeasure = defineStatement({
  type: "coverage/measure",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper says how much of the world's compute is under the agreement at least.",
  body: z.strictObject({
    /** Lower bound of the share, in ten-thousandths. */
    lowTenThousandths: z.int().min(0).max(10_000),
    source: z.string().min(1).max(2000),
  }),
  reduce: ({ agreement, clock }: AgreedPart & ClockPart, { index, body }) => {
    const coverageTenThousandths = body.lowTenThousandths;
    const facts: Facts = { ...agreement.coalition.facts, coverageTenThousandths };
    return { agreement: settled(agreement, facts, clock.at, index) };
  },
});
