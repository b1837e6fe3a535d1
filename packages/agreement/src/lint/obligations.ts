import { parseQuantity } from "@standstill/record";
import { MODES } from "../terms/mode.ts";
import type { Obligation, ObligationKind } from "../terms/obligations.ts";
import { type Draft, isCheckable } from "../terms/terms.ts";
import { type Rule, tellIf } from "./rule.ts";

const flop = (text: string) => parseQuantity(text, "FLOP");

function ofKind<Kind extends ObligationKind>(terms: Draft, kind: Kind) {
  return terms.obligations.flatMap((one, i) =>
    one.kind === kind ? [{ ...(one as Extract<Obligation, { kind: Kind }>), i }] : [],
  );
}

const declaredAboveLimit: Rule = (terms) =>
  (["training-declared", "declared-before-start"] as const)
    .flatMap((kind) => ofKind(terms, kind))
    .flatMap(({ above, i }) =>
      tellIf(
        ofKind(terms, "training-run-limit").some(({ limit }) => flop(above) > flop(limit)),
        "declared-above-limit",
        ["obligations", i, "above"],
        "Training has to be declared only above the limit on a run, so what is forbidden need not be declared. Lower it below the limit.",
      ),
    );

const quantityAboveLimit: Rule = (terms) => {
  const { goals } = terms;
  return tellIf(
    goals !== undefined &&
      ofKind(terms, "training-run-limit").some(
        ({ limit }) => flop(goals.significantQuantity) > flop(limit),
      ),
    "quantity-above-limit",
    ["goals", "significantQuantity"],
    "A significant quantity is more than a forbidden run, so a forbidden run could stay unseen and the goal be met. Lower it to the limit or less.",
  );
};

const limitsDisagree: Rule = (terms) =>
  (["training-run-limit", "post-training-limit"] as const).flatMap((kind) =>
    ofKind(terms, kind).flatMap((one, k, all) =>
      tellIf(
        all
          .slice(0, k)
          .some(
            (other) =>
              other.mode === one.mode && other.binds === one.binds && other.limit !== one.limit,
          ),
        "limits-disagree",
        ["obligations", one.i, "limit"],
        "Another limit on a run binds in the same mode with another amount. Keep one of them.",
      ),
    ),
  );

const unreachable: Rule = (terms) =>
  ofKind(terms, "training-run-limit").flatMap((one, _k, all) =>
    tellIf(
      all.some(
        (other) =>
          other.binds === one.binds &&
          MODES.indexOf(other.mode) < MODES.indexOf(one.mode) &&
          flop(other.limit) <= flop(one.limit),
      ),
      "obligation-unreachable",
      ["obligations", one.i],
      "A limit as low or lower binds from a less strict mode on, so this one never decides anything. Lower it or leave it out.",
    ),
  );

const evasionUncovered: Rule = (terms) =>
  tellIf(
    (terms.goals?.evasions.length ?? 0) > 0 && ofKind(terms, "training-declared").length === 0,
    "evasion-uncovered",
    ["goals", "evasions"],
    "Evasions are to be seen that no obligation forbids. Add an obligation to declare training.",
  );

const obligationUntested: Rule = (terms) =>
  terms.goals?.evasions.length === 0
    ? ofKind(terms, "training-declared").flatMap(({ i }) =>
        tellIf(
          true,
          "obligation-untested",
          ["obligations", i],
          "No evasion of this obligation is played, so its assurance cannot be known. Name evasions in the goals.",
        ),
      )
    : [];

const nothingOwed: Rule = (terms) =>
  isCheckable(terms)
    ? (["training-run-limit", "training-declared", "accelerators-registered"] as const)
        .filter((kind) => ofKind(terms, kind).length === 0)
        .map((kind) => ({
          rule: `no-${kind}`,
          path: ["obligations"],
          sentence: `No obligation is of the kind ${kind}; without it the others can be walked around. Add one.`,
        }))
    : [];

const taperRises: Rule = (terms) =>
  (["training-run-limit", "research-compute-limit"] as const)
    .flatMap((kind) => ofKind(terms, kind))
    .flatMap(({ taper, limit, i }) => {
      const steps = [{ afterDays: -1, limit }, ...(taper ?? [])];
      const isFalling = steps.every(
        (step, k) =>
          k === 0 ||
          (step.afterDays > (steps[k - 1]?.afterDays as number) &&
            flop(step.limit) < flop(steps[k - 1]?.limit as string)),
      );
      return tellIf(
        !isFalling,
        "taper-rises",
        ["obligations", i, "taper"],
        "The schedule does not fall step by step from the limit, in order of days. Put the steps in order and lower each.",
      );
    });

const taperMissing: Rule = (terms) =>
  (terms.triggers ?? []).flatMap(({ mode }, i) =>
    tellIf(
      mode === "taper" &&
        !terms.obligations.some((one) => "taper" in one && one.taper !== undefined),
      "taper-without-schedule",
      ["triggers", i, "mode"],
      "This raises everybody to a taper, but no obligation has a schedule by which it falls. Add one.",
    ),
  );

const clusterWithoutLine: Rule = (terms) =>
  ofKind(terms, "cluster-limit").flatMap(({ aboveH100e, aboveMemory, aboveBandwidth, i }) => [
    ...tellIf(
      [aboveH100e, aboveMemory, aboveBandwidth].every((line) => line === undefined),
      "cluster-without-line",
      ["obligations", i],
      "No line says which clusters are covered. Draw one in H100e, memory or bandwidth.",
    ),
    ...tellIf(
      aboveH100e !== undefined && aboveMemory === undefined,
      "cluster-memory-loophole",
      ["obligations", i],
      "Fifty accelerators with much memory stay below the line in H100e and hold a large model (arXiv 2605.29359). Draw a line in memory as well.",
    ),
  ]);

const runsSplit: Rule = (terms) =>
  ofKind(terms, "training-run-limit").flatMap(({ over, i }) =>
    tellIf(
      over === "run",
      "runs-split",
      ["obligations", i, "over"],
      "Counted run by run, a long training split into several runs is free. Count over the lineage.",
    ),
  );

const silenceAtOnce: Rule = (terms) =>
  ofKind(terms, "declared-before-start").flatMap(({ silence, noticeDays, i }) =>
    tellIf(
      silence === "approval" && noticeDays === 0,
      "silence-at-once",
      ["obligations", i, "noticeDays"],
      "No answer means approval, and no time is left to answer. Give days of notice.",
    ),
  );

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
  declaredAboveLimit,
  quantityAboveLimit,
  limitsDisagree,
  unreachable,
  evasionUncovered,
  obligationUntested,
  nothingOwed,
  taperRises,
  taperMissing,
  clusterWithoutLine,
  runsSplit,
  silenceAtOnce,
  exemptionUnbounded,
  useLimits,
];
