import type { ActivityLimit } from "../obligations/activity-limit.ts";
import { type ActivityLogKept, LOG_RULES, logRulesOf } from "../obligations/activity-log.ts";
import type { ActivityTerms } from "../terms/activity-terms.ts";
import type { Duty } from "./duty.ts";
import type { DutyPiece } from "./period.ts";

/**
 * The duties under terms for activity logs alone: each rule of a log and each limit by itself, all of the agreed time. Without a record nothing tells
 * who is bound, so whose logs they are is taken to be.
 *
 * @example dutiesOfActivityTerms(terms)[0]?.duties.map(({ obligation }) => obligation.id) // ["run", "log-whole", …]
 */
export function dutiesOfActivityTerms(terms: ActivityTerms): DutyPiece[] {
  const limits = terms.limits.map(({ id, per, activities, flop }): ActivityLimit => {
    const title = `The limit ${id}.`;
    const which = activities === undefined ? {} : { activities };
    return { id, title, mode: "cap", kind: "activity-limit", per, limit: flop, ...which };
  });
  const rules = logRulesOf({}).map((rule): ActivityLogKept => {
    const title = LOG_RULES[rule];
    return { id: rule, title, mode: "cap", kind: "activity-log", rules: [rule] };
  });
  const { start, end } = terms.window;
  return [
    {
      startMs: Date.parse(start),
      endMs: Date.parse(end),
      mode: "cap",
      basis: "bound",
      terms: null,
      pause: null,
      duties: [
        ...limits.map((obligation) => dutyOf(obligation, obligation.limit)),
        ...rules.map((obligation) => dutyOf(obligation, undefined)),
      ],
    },
  ];
}

function dutyOf(obligation: Duty["obligation"], limit: string | undefined): Duty {
  return { obligation, limit, finishing: undefined, exemptions: [] };
}
