import { type Proportion, proportionOf, quantileOf, randomFrom } from "@standstill/statistics";
import { z } from "zod";
import { rowsOf } from "../json-rows.ts";

/** Stages of research and development, in their order. */
export const STAGES = [
  "propose",
  "select",
  "implement",
  "run",
  "judge",
  "merge",
  "deploy",
] as const;
/** One of the stages. */
export type Stage = (typeof STAGES)[number];

const itemSchema = z.object({
  stage: z.enum(STAGES),
  /** Acts of humans on this item at this stage: writing, choosing, correcting, approving. */
  humanActs: z.int().min(0),
  /** Ties the stages of one item together. */
  item: z.string().max(200).optional(),
});
/** One item of work at one stage. */
export type StageItem = z.infer<typeof itemSchema>;

/** How far the loop of research runs without humans. */
export interface LoopClosure {
  /** Share of items without any human act, by stage. */
  readonly stages: readonly (Proportion & { readonly stage: Stage })[];
  /** Product over the seven stages; `null` where a stage has no items: a stage that is not told is not closed, and not open. */
  readonly closure: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly missing: readonly Stage[];
  readonly weakest: Stage | null;
}

/** Reads items of work by stage. */
export function parseStageItems(text: string): StageItem[] {
  return rowsOf(text, itemSchema, "items of stages");
}

const REPLICATES = 2000;

/**
 * Loop closure: the share of items with no human act at each stage, and their product. A product treats stages as independent; it
 * is small while any stage is human, which is what it is for. Interval by resampling the items of each stage.
 */
export function loopClosure(items: readonly StageItem[], seed = 1): LoopClosure {
  const stages = STAGES.map((stage) => {
    const its = items.filter((item) => item.stage === stage);
    return {
      stage,
      ...proportionOf(its.filter(({ humanActs }) => humanActs === 0).length, its.length),
    };
  });
  const missing = stages.filter(({ of }) => of === 0).map(({ stage }) => stage);
  const known = stages.flatMap(({ share, ...rest }) =>
    share === null ? [] : [{ ...rest, share }],
  );
  const weakest = known.reduce<(typeof known)[number] | undefined>(
    (least, one) => (least === undefined || one.share < least.share ? one : least),
    undefined,
  );
  return {
    stages,
    missing,
    weakest: weakest?.stage ?? null,
    closure: missing.length > 0 ? null : productOf(known, seed),
  };
}

function productOf(stages: readonly (Proportion & { readonly share: number })[], seed: number) {
  const random = randomFrom(seed);
  const products = Float64Array.from({ length: REPLICATES }, () =>
    stages.reduce((product, { share, of }) => {
      let hits = 0;
      for (let i = 0; i < of; i++) if (random.share() < share) hits++;
      return (product * hits) / of;
    }, 1),
  );
  return {
    value: stages.reduce((product, { share }) => product * share, 1),
    low: quantileOf(products, 0.025),
    high: quantileOf(products, 0.975),
  };
}
