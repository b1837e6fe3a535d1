import { gateOpen, stopDone, stopReady } from "@standstill/gate";
import { actOf } from "../speak/act.ts";

/** Opens the party's gate in an emergency, for as long and as often as the agreement allows; before any job runs by it. */
export const openGate = actOf(gateOpen);

/** Says which jobs have to stop at a site, and how long it takes to leave them in order. The newest word counts, so each pause needs one of its own. */
export const readyToStop = actOf(stopReady);

/** Says that a site has stopped. It is the party's word; a report of a period after it shows it. Each pause needs one of its own. */
export const stopped = actOf(stopDone);
