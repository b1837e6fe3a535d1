import { voteOpen } from "@standstill/agreement";
import { actOf } from "../speak/act.ts";

/** Puts a question of the terms to the vote. */
export const openVote = actOf(voteOpen);
