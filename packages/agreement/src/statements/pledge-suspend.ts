import { type ClockPart, DRAFT, defineStatement, refuse } from "@standstill/record";
import { z } from "zod";
import { moved } from "../settle.ts";
import type { AgreedPart } from "../state.ts";

/** `pledge/suspend`: a party suspends its obligations, or takes them up again. It stays a party. */
export const pledgeSuspend = defineStatement({
  type: "pledge/suspend",
  version: DRAFT,
  roles: ["party"],
  words: "A party suspends its obligations, or takes them up again; it stays a party.",
  body: z.strictObject({ suspended: z.boolean(), reason: z.string().min(1).max(2000) }),
  reduce: ({ agreement, clock: { at } }: AgreedPart & ClockPart, { index, statement, body }) => {
    const party = statement.issuer;
    const wanted = body.suspended ? "bound" : "suspended";
    const status = agreement.coalition.standings.get(party)?.status;
    if (status !== wanted)
      return refuse(
        "not-declared",
        `expected ${party} to be ${wanted}, got ${status ?? "no pledge"}`,
      );
    const act = body.suspended ? "suspend" : "resume";
    return { agreement: moved(agreement, { at, index, acts: [{ act, party }] }) };
  },
});
