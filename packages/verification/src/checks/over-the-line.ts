import { thresholds } from "../methods/draft/thresholds.ts";

/** Whether too many windows are over some line to be forgotten. */
export function isMuch(over: number, all: number): boolean {
  const { windows, oneIn } = thresholds.overTheLine;
  return over > windows && over * oneIn > all;
}
