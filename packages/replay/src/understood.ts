import { RecordError } from "@standstill/record";
import type { State } from "./state.ts";

/** Refuses (`not-understood`) a state to which entries belong whose versions this program does not know: what holds by them is not known here. */
export function checkUnderstood({ notUnderstood }: State): void {
  const [first] = notUnderstood;
  if (first === undefined) return;
  throw new RecordError(
    "not-understood",
    `expected a record that this program understands, got one of another version: ${first.message}`,
    { place: `entry ${first.index}` },
  );
}
