/** The compute balance of a site. */
export { type Account, type Amount, accountOf } from "./account.ts";
export { declaredFlop, highestPeak } from "./declared.ts";
export type { Measure } from "./measures.ts";
