import {
  type Condition,
  conditionSchema,
  type Draft,
  INDICATOR_NAMES,
  MODES,
  type Mode,
} from "@standstill/agreement";
import type { Bundle } from "@standstill/evidence/bundle";
import type { PublishedTable } from "@standstill/operation";
import { z } from "zod";

/** The pledges of invented parties, as a file has them. */
export const pledgesSchema = z.array(
  z.strictObject({ party: z.string(), mode: z.enum(MODES), while: conditionSchema }),
);

const period = z.strictObject({ from: z.string(), to: z.string() });

/** What invented parties claim, and what is measured of them, as a file has it; `rows` names a file. */
export const indicatorsSchema = z.strictObject({
  claims: z.array(
    z.strictObject({
      party: z.string(),
      indicator: z.enum(INDICATOR_NAMES),
      period,
      value: z.string(),
      says: z.enum(["exactly", "at-least", "at-most"]),
      words: z.string(),
      source: z.string(),
    }),
  ),
  measurements: z.array(
    z.strictObject({
      by: z.string(),
      subject: z.string(),
      rows: z.string(),
      period,
      measure: z.enum(["oversight", "closure"]),
      indicators: z.array(z.enum(INDICATOR_NAMES)).min(1),
    }),
  ),
});

/** What invented parties claim of themselves, and what is measured from invented rows. */
export interface PlannedIndicators {
  readonly claims: z.infer<typeof indicatorsSchema>["claims"];
  readonly measurements: readonly (Omit<
    z.infer<typeof indicatorsSchema>["measurements"][number],
    "rows"
  > & { readonly text: string })[];
}

/** A pledge that an invented party will make. */
export interface PlannedPledge {
  readonly party: string;
  readonly mode: Mode;
  readonly while: Condition;
}

/** An agreement with invented parties who act it out on recorded readings. */
export interface Example {
  readonly draft: Draft;
  readonly pledges: readonly PlannedPledge[];
  readonly bundles: readonly Bundle[];
  /** Published data that the keeper measures an indicator from. */
  readonly indicator: PublishedTable;
  readonly indicators: PlannedIndicators;
}
