import {
  type ClockPart,
  DAY_MS,
  DRAFT,
  defineStatement,
  isRefusal,
  type Refusal,
  refuse,
  sha256Schema,
} from "@standstill/record";
import { z } from "zod";
import { type Condition, conditionSchema } from "../conditions/condition.ts";
import { nonMonotonePath } from "../conditions/walk.ts";
import { moved } from "../settle.ts";
import type { Agreed, AgreedPart } from "../state.ts";
import type { Supports } from "../support/supports.ts";
import { unknownIn } from "../terms/contradictions/names-unknown.ts";
import { isAtLeast, type Mode, modeSchema } from "../terms/mode.ts";

const days = z.int().min(0).max(3650);

/**
 * `pledge/make`: a party binds itself at a mode while a condition on the others holds, then it is settled who is bound. A pledge counts once
 * all have adopted. Who is bound may only pledge more.
 */
export const pledgeMake = defineStatement({
  type: "pledge/make",
  version: DRAFT,
  roles: ["party"],
  words: "A party binds itself at a mode, while its condition on the others holds.",
  body: z.strictObject({
    mode: modeSchema,
    while: conditionSchema,
    /** Days for which the condition may fail before the party drops out. */
    graceDays: days.optional(),
    /** Days that the party needs between being called and being bound. */
    noticeDays: days.optional(),
    /** Readiness window: days for which the offer stands if it is not taken up. */
    openDays: z.int().min(1).max(3650).optional(),
    /** Salted commitment of a support that this pledge makes good. */
    support: sha256Schema.optional(),
  }),
  reduce: ({ agreement, clock }: AgreedPart & ClockPart, { index, statement, body }) => {
    const party = statement.issuer;
    const refusal =
      wrongCondition(agreement, body.while) ?? looser(agreement, party, body.mode, body.while);
    if (refusal !== undefined) return refusal;
    const supports = madeGood(agreement, body.support, party);
    if (isRefusal(supports)) return supports;
    const pledge = {
      index,
      mode: body.mode,
      while: body.while,
      graceMs: (body.graceDays ?? 0) * DAY_MS,
      noticeMs: (body.noticeDays ?? 0) * DAY_MS,
      openMs: body.openDays === undefined ? undefined : body.openDays * DAY_MS,
    };
    const event = { index, at: clock.at, acts: [{ act: "pledge", party, pledge } as const] };
    return { agreement: moved({ ...agreement, supports }, event) };
  },
});

function wrongCondition(
  { terms, inForceSince }: Agreed,
  condition: Condition,
): Refusal | undefined {
  for (const { path, message } of unknownIn(condition, terms))
    return refuse(
      "not-declared",
      `while.${path.join(".")}: ${message}`.replace("while.:", "while:"),
    );
  const place = nonMonotonePath(condition);
  if (place !== undefined)
    return refuse(
      "not-monotone",
      `expected a condition that more parties can only help to meet, got who is bound under "not" at while.${place}`,
    );
  return inForceSince === undefined
    ? refuse(
        "not-declared",
        "expected an agreement in force before pledges, got one that not all have adopted",
      )
    : undefined;
}

function looser(
  { coalition }: Agreed,
  party: string,
  mode: Mode,
  condition: Condition,
): Refusal | undefined {
  const status = coalition.standings.get(party)?.status;
  if (status !== "bound" && status !== "suspended") return undefined;
  const before = coalition.pledges.get(party);
  const isStricter =
    before !== undefined &&
    isAtLeast(mode, before.mode) &&
    JSON.stringify(before.while) === JSON.stringify(condition);
  return isStricter
    ? undefined
    : refuse(
        "already-said",
        `expected a pledge of ${party} at least as strict and under the same condition while it is bound, got a looser one; a party leaves by notice`,
      );
}

function madeGood(
  { supports }: Agreed,
  commitment: string | undefined,
  party: string,
): Supports | Refusal {
  if (commitment === undefined) return supports;
  const support = supports.get(commitment);
  if (support === undefined || support.withdrawnAt !== undefined)
    return refuse("not-declared", "expected a standing support on record, got none");
  return supports.change(commitment, { pledgedBy: party });
}
