import { DAY_MS } from "@standstill/record";
import type { CoalitionRules } from "../coalition/rules.ts";
import { NOTHING_ASKED } from "../conditions/condition.ts";
import type { Roll } from "../conditions/roll.ts";
import { startOfDay } from "../instant.ts";
import type { Draft } from "./terms.ts";

const known = new WeakMap<Draft, CoalitionRules>();

/**
 * How a coalition forms, holds and ends under terms. Terms that do not speak of entry bind as soon as a pledge's own
 * condition holds, and for as long as it holds.
 */
export function rulesOf(terms: Draft): CoalitionRules {
  const before = known.get(terms);
  if (before !== undefined) return before;
  const rules = writeRules(terms);
  known.set(terms, rules);
  return rules;
}

function writeRules(terms: Draft): CoalitionRules {
  const { entry, withdrawal, duration, lift } = terms;
  return {
    roll: rollOf(terms),
    entry: {
      condition: entry?.when ?? NOTHING_ASKED,
      delayMs: (entry?.delayDays ?? 0) * DAY_MS,
      notBefore: instantOf(entry?.notBefore),
      latches: entry?.holds === "once",
      askedAgain: entry?.askedAgain ?? false,
      laterJoiners: {
        after: entry?.laterJoiners?.after ?? "entry",
        delayMs: (entry?.laterJoiners?.delayDays ?? entry?.delayDays ?? 0) * DAY_MS,
      },
    },
    withdrawal: {
      noticeMs: (withdrawal?.noticeDays ?? 0) * DAY_MS,
      notBeforeMs: (withdrawal?.notBeforeDays ?? 0) * DAY_MS,
      heldBackWhile: withdrawal?.heldBackWhile,
    },
    duration: {
      endsAt: instantOf(duration?.until),
      lengthMs: duration?.days === undefined ? undefined : duration.days * DAY_MS,
      extension:
        duration?.extension === undefined
          ? undefined
          : {
              when: duration.extension.when,
              endsAt: startOfDay(duration.extension.until),
            },
    },
    triggers: (terms.triggers ?? []).map(({ id, when, mode, lasts }) => ({
      id,
      when,
      mode,
      lasts,
    })),
    lift: lift === undefined ? undefined : { when: lift.when, noticeMs: lift.noticeDays * DAY_MS },
  };
}

function rollOf(terms: Draft): Roll {
  return {
    counted: new Set(
      terms.parties.filter((one) => one.countedWithMembers !== true).map(({ id }) => id),
    ),
    parties: new Set(terms.parties.map(({ id }) => id)),
    groups: new Map((terms.groups ?? []).map(({ id, parties }) => [id, new Set(parties)])),
    weights: new Map(
      (terms.weights ?? []).map(({ id, total, of }) => [
        id,
        {
          total: BigInt(total),
          of: new Map(Object.entries(of).map(([party, weight]) => [party, BigInt(weight)])),
        },
      ]),
    ),
  };
}

function instantOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : startOfDay(day);
}
