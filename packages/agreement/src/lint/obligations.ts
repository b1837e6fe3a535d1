import { parseQuantity } from "@standstill/record";
import {
  lineOf,
  OBLIGATIONS,
  type Obligation,
  obligationRuleOf,
} from "../obligations/obligation.ts";
import { type Draft, isCheckable } from "../terms/terms.ts";
import { type Rule, type Told, tellIf } from "./rule.ts";

/** What each kind of obligation says of its own flaws. */
const ofKinds: Rule = (terms) => {
  const { obligations, goals } = terms;
  const hasLogTerms = terms.logs !== undefined;
  const runLimits = limitsOnRuns(terms);
  return obligations.flatMap((one, i): Told[] => {
    const alike = obligations.filter(({ kind }) => kind === one.kind);
    const beside = { alike, runLimits, evasions: goals?.evasions, hasLogTerms };
    return obligationRuleOf(one)
      .lint(one, beside)
      .map(({ rule, path, sentence }) => {
        return { rule, path: ["obligations", i, ...path], sentence };
      });
  });
};

function limitsOnRuns({ obligations }: Draft): string[] {
  return obligations.flatMap((one) =>
    obligationRuleOf(one).limitsRuns ? (lineOf(one)?.amount ?? []) : [],
  );
}

const quantityAboveLimit: Rule = (terms) => {
  const { goals } = terms;
  const flop = (text: string) => parseQuantity(text, "FLOP");
  return tellIf(
    goals !== undefined &&
      limitsOnRuns(terms).some((limit) => flop(goals.significantQuantity) > flop(limit)),
    "quantity-above-limit",
    ["goals", "significantQuantity"],
    "A significant quantity is more than a forbidden run, so a forbidden run could stay unseen and the goal be met. Lower it to the limit or less.",
  );
};

const evasionUncovered: Rule = ({ goals, obligations }) =>
  tellIf(
    (goals?.evasions.length ?? 0) > 0 && !obligations.some((one) => obligationRuleOf(one).isEvaded),
    "evasion-uncovered",
    ["goals", "evasions"],
    "Evasions are to be seen that no obligation forbids. Add an obligation to declare training.",
  );

const nothingOwed: Rule = (terms) => {
  if (!isCheckable(terms)) return [];
  const there = new Set<string>(terms.obligations.map(({ kind }) => kind));
  return Object.entries(OBLIGATIONS).flatMap(([kind, { isNeeded }]) =>
    tellIf(
      isNeeded && !there.has(kind),
      `no-${kind}`,
      ["obligations"],
      `No obligation is of the kind ${kind}; without it the others can be walked around. Add one.`,
    ),
  );
};

const taperMissing: Rule = ({ triggers = [], obligations }) => {
  const hasSchedule = (one: Obligation) => obligationRuleOf(one).changesAfterDays(one).length > 0;
  return triggers.flatMap(({ mode }, i) =>
    tellIf(
      mode === "taper" && !obligations.some(hasSchedule),
      "taper-without-schedule",
      ["triggers", i, "mode"],
      "This raises everybody to a taper, but no obligation has a schedule by which it falls. Add one.",
    ),
  );
};

const pauseUnmeasurable: Rule = ({ obligations }) => {
  const inPause = obligations.filter(({ mode }) => mode === "pause");
  const isMeasured = inPause.some((one) => obligationRuleOf(one).isMeasurable);
  return obligations.flatMap(({ mode }, i) =>
    tellIf(
      mode === "pause" && !isMeasured,
      "pause-unmeasurable",
      ["obligations", i],
      "The pause is in words only, and no check can tell whether it is kept. Add a limit in FLOP, or powered-off verification.",
    ),
  );
};

const exemptionUnbounded: Rule = ({ exemptions = [] }) =>
  exemptions.flatMap(({ group, uses, belowH100e, limit, until }, i) =>
    tellIf(
      [group, uses, belowH100e, limit, until].every((bound) => bound === undefined),
      "exemption-unbounded",
      ["exemptions", i],
      "The exemption is for anybody, for any use, without limit or end, so the obligation binds nobody. Bound it.",
    ),
  );

const useLimits: Rule = ({ uses = [] }) =>
  uses.flatMap(({ stance, limit }, i) => [
    ...tellIf(
      stance === "limited" && limit === undefined,
      "use-without-limit",
      ["uses", i],
      "The use is limited, but no limit is given. Give one.",
    ),
    ...tellIf(
      stance === "prohibited" && limit !== undefined,
      "use-limit-idle",
      ["uses", i, "limit"],
      "A prohibited use has no limit up to which it is free. Leave the limit out, or call the use limited.",
    ),
  ]);

/** Rules about what is owed. */
export const obligationRules: readonly Rule[] = [
  ofKinds,
  quantityAboveLimit,
  evasionUncovered,
  nothingOwed,
  taperMissing,
  pauseUnmeasurable,
  exemptionUnbounded,
  useLimits,
];
