import { safeguardSubmit } from "@standstill/adjudication";
import { actOf } from "../speak/act.ts";

/** Hands in how the party has put a safeguard in place, for all that it does or for one model. */
export const submitSafeguard = actOf(safeguardSubmit);
