import { type ClockPart, DRAFT, defineStatement, refuse } from "@standstill/record";
import { z } from "zod";
import { dayOf } from "../instant.ts";
import { moved } from "../settle.ts";
import type { AgreedPart } from "../state.ts";
import { rulesOf } from "../terms/rules-of.ts";

/** `pledge/withdraw`: notice that a party leaves; it takes effect after the notice that the terms ask for. */
export const pledgeWithdraw = defineStatement({
  type: "pledge/withdraw",
  version: DRAFT,
  roles: ["party"],
  words: "A party gives notice that it leaves; it is bound until the notice is over.",
  body: z.strictObject({ reason: z.string().min(1).max(2000) }),
  reduce: ({ agreement, clock: { at } }: AgreedPart & ClockPart, { index, statement }) => {
    const party = statement.issuer;
    const { standings, pledges } = agreement.coalition;
    const standing = standings.get(party);
    if (standing === undefined || !pledges.has(party))
      return refuse("not-declared", `expected a pledge of ${party} to withdraw from, got none`);
    if (standing.endsAt !== undefined)
      return refuse("already-said", `expected one notice of withdrawal, got a second by ${party}`);
    const { notBeforeMs } = rulesOf(agreement.terms).withdrawal;
    const earliest = (standing.boundSince ?? at) + notBeforeMs;
    if (standing.boundSince !== undefined && at < earliest)
      return refuse(
        "not-declared",
        `expected notice from ${dayOf(earliest)} on, as the terms say, got it on ${dayOf(at)}`,
      );
    return { agreement: moved(agreement, { at, index, acts: [{ act: "withdraw", party }] }) };
  },
});
