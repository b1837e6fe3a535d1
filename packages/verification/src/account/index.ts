/** The compute balance of a site. */
export { type Account, accountOf } from "./account.ts";
export type { Amount } from "./amount.ts";
export { declaredFlop, declaredInPeriod, highestPeak, timeInPeriod } from "./declared.ts";
export type { Measure } from "./measures.ts";
