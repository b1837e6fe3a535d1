import { timeMark } from "@standstill/record";
import type { Entry } from "../speak/registrar.ts";
import { inTurn } from "../speak/speak.ts";
import type { Keeper } from "../speak/speaker.ts";

/** A round of a public beacon, as a mark carries it. */
export interface BeaconRound {
  readonly chain: "quicknet";
  readonly round: number;
  /** 48 bytes in hexadecimal. */
  readonly signature: string;
}

/**
 * Says what time it is, so that what was said before lies before it, and deadlines pass. Where the terms ask for it, the mark carries a checkpoint that witnesses
 * have cosigned, and so it rejects where they cannot be reached.
 *
 * @param beacon the newest round, where the terms ask for one
 */
export function markTime(keeper: Keeper, beacon?: BeaconRound): Promise<Entry> {
  const { registrar, now } = keeper;
  return inTurn(keeper, async (say) => {
    const isWitnessed = registrar.state.agreement.terms?.marks?.witnessed === true;
    const checkpoint = isWitnessed ? await registrar.publish() : undefined;
    const time = new Date(Math.max(now(), registrar.state.clock.at)).toISOString();
    return say(timeMark, { time, beacon, checkpoint });
  });
}
