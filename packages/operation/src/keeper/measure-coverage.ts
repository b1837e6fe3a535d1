import { coverageMeasure } from "@standstill/agreement";
import { actOf } from "../speak/act.ts";

/** Says how much of the world's compute is under the agreement, as a lower bound with its source. The newest counts. */
export const measureCoverage = actOf(coverageMeasure);
