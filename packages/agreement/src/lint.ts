import { parseQuantity } from "@standstill/record";
import { parseLocatedDraft } from "./draft.ts";
import type { Position } from "./positions.ts";
import type { Draft } from "./terms.ts";

/** A flaw in terms that are well-formed: which rule, where, what is wrong and what would mend it. */
export interface Flaw extends Position {
  readonly rule: string;
  readonly path: string;
  readonly sentence: string;
}

type Path = readonly (string | number)[];
type Told = { readonly rule: string; readonly path: Path; readonly sentence: string };
type Rule = (terms: Draft) => Told[];

/** The lower bound that seeing every one of sixty played evasions gives; no higher goal can be met by this method. */
const HIGHEST_PROBABILITY = 0.94;

/** Flaws of an agreement as people write it, in the order of the file. Malformed terms are refused as by `parseDraft`. */
export function lint(text: string): Flaw[] {
  const { draft, locate } = parseLocatedDraft(text);
  return rules
    .flatMap((rule) => rule(draft))
    .map(({ rule, path, sentence }) => ({ rule, path: path.join("."), sentence, ...locate(path) }))
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
}

const flop = (text: string) => parseQuantity(text, "FLOP");

function limitsOf(terms: Draft) {
  return terms.obligations.flatMap((one, i) =>
    one.kind === "training-run-limit" ? [{ ...one, i }] : [],
  );
}

function declarationsOf(terms: Draft) {
  return terms.obligations.flatMap((one, i) =>
    one.kind === "training-declared" ? [{ ...one, i }] : [],
  );
}

const declaredAboveLimit: Rule = (terms) =>
  declarationsOf(terms).flatMap(({ above, i }) =>
    limitsOf(terms).some(({ limit }) => flop(above) > flop(limit))
      ? [
          {
            rule: "declared-above-limit",
            path: ["obligations", i, "above"],
            sentence:
              "Training has to be declared only above the limit on a run, so what is forbidden need not be declared. Lower it below the limit.",
          },
        ]
      : [],
  );

const quantityAboveLimit: Rule = (terms) =>
  limitsOf(terms).some(({ limit }) => flop(terms.goals.significantQuantity) > flop(limit))
    ? [
        {
          rule: "quantity-above-limit",
          path: ["goals", "significantQuantity"],
          sentence:
            "A significant quantity is more than a forbidden run, so a forbidden run could stay unseen and the goal be met. Lower it to the limit or less.",
        },
      ]
    : [];

const limitsDisagree: Rule = (terms) =>
  limitsOf(terms).flatMap((one, k, all) =>
    all.slice(0, k).some((other) => other.mode === one.mode && other.limit !== one.limit)
      ? [
          {
            rule: "limits-disagree",
            path: ["obligations", one.i, "limit"],
            sentence:
              "Another limit on a run binds in the same mode with another amount. Keep one of them.",
          },
        ]
      : [],
  );

const evasionUncovered: Rule = (terms) =>
  terms.goals.evasions.length > 0 && declarationsOf(terms).length === 0
    ? [
        {
          rule: "evasion-uncovered",
          path: ["goals", "evasions"],
          sentence:
            "Evasions are to be seen that no obligation forbids. Add an obligation to declare training.",
        },
      ]
    : [];

const obligationUntested: Rule = (terms) =>
  terms.goals.evasions.length === 0
    ? declarationsOf(terms).map(({ i }) => ({
        rule: "obligation-untested",
        path: ["obligations", i],
        sentence:
          "No evasion of this obligation is played, so its assurance cannot be known. Name evasions in the goals.",
      }))
    : [];

const probabilityUnreachable: Rule = (terms) =>
  Number(terms.goals.detectionProbability) > HIGHEST_PROBABILITY
    ? [
        {
          rule: "probability-unreachable",
          path: ["goals", "detectionProbability"],
          sentence: `No site can show more than ${HIGHEST_PROBABILITY} by this method, so nobody could ever be verified. Lower it.`,
        },
      ]
    : [];

const probabilityIdle: Rule = (terms) =>
  Number(terms.goals.detectionProbability) === 0
    ? [
        {
          rule: "probability-idle",
          path: ["goals", "detectionProbability"],
          sentence: "A goal of zero is met by seeing nothing. Raise it.",
        },
      ]
    : [];

const noFalseAlarms: Rule = (terms) =>
  Number(terms.goals.falseAlarmRate) === 0
    ? [
        {
          rule: "no-false-alarms",
          path: ["goals", "falseAlarmRate"],
          sentence:
            "Without any false alarm allowed no test can find anything. Allow a small share.",
        },
      ]
    : [];

const manyFalseAlarms: Rule = (terms) =>
  Number(terms.goals.falseAlarmRate) > 0.2
    ? [
        {
          rule: "many-false-alarms",
          path: ["goals", "falseAlarmRate"],
          sentence:
            "More than one period in five may raise a false alarm, which breaks coalitions by itself. Lower it.",
        },
      ]
    : [];

const correlationTrivial: Rule = (terms) =>
  Number(terms.synchrony.smallestCorrelation) < 0.1
    ? [
        {
          rule: "correlation-trivial",
          path: ["synchrony", "smallestCorrelation"],
          sentence:
            "Separate runs laid side by side reach 0.1, so honest parties would be asked. Raise it.",
        },
      ]
    : [];

const tripwireUpsideDown: Rule = (terms) =>
  terms.tripwires.flatMap((wire, i) =>
    wire.tripBelowDays >= wire.watchBelowDays
      ? [
          {
            rule: "tripwire-upside-down",
            path: ["tripwires", i, "tripBelowDays"],
            sentence:
              "It trips before it is watched. Put the line of tripping below the line of watching.",
          },
        ]
      : [],
  );

const noWitness: Rule = (terms) =>
  terms.witnessQuorum === 0
    ? [
        {
          rule: "no-witness",
          path: ["witnessQuorum"],
          sentence:
            "Nobody has to witness the record, so its keeper can show each reader another one. Ask for at least two witnesses.",
        },
      ]
    : [];

const loneWitness: Rule = (terms) => {
  const counts = new Map<string, number>();
  for (const { party } of terms.witnesses) counts.set(party, (counts.get(party) ?? 0) + 1);
  const lone = [...counts].find(
    ([, count]) => terms.witnessQuorum > 0 && count >= terms.witnessQuorum,
  );
  return lone === undefined
    ? []
    : [
        {
          rule: "lone-witness",
          path: ["witnessQuorum"],
          sentence: `The witnesses of ${lone[0]} alone make a quorum. Ask for more witnesses, or for witnesses of more parties.`,
        },
      ];
};

const keeperWitness: Rule = (terms) =>
  terms.witnesses.flatMap(({ party }, i) =>
    party === terms.keeper.id
      ? [
          {
            rule: "keeper-witness",
            path: ["witnesses", i, "party"],
            sentence: "The keeper witnesses its own record. Name a party instead.",
          },
        ]
      : [],
  );

const unknownPrecision: Rule = (terms) =>
  terms.accelerators.flatMap(({ peak }, i) =>
    peak.fp8 === undefined
      ? [
          {
            rule: "unknown-precision",
            path: ["accelerators", i, "peak"],
            sentence:
              "The peak in fp8 is unknown, so an honest run in fp8 may look impossible. State it if the accelerator has one.",
          },
        ]
      : [],
  );

const idleAboveFull: Rule = (terms) =>
  terms.accelerators.flatMap(({ power }, i) =>
    parseQuantity(power.idle.high, "W") >= parseQuantity(power.full.low, "W")
      ? [
          {
            rule: "idle-above-full",
            path: ["accelerators", i, "power"],
            sentence:
              "Idling may draw as much as full load, so energy explains nothing. Set the ranges apart.",
          },
        ]
      : [],
  );

const nothingOwed: Rule = (terms) =>
  (["training-run-limit", "training-declared", "accelerators-registered"] as const)
    .filter((kind) => !terms.obligations.some((one) => one.kind === kind))
    .map((kind) => ({
      rule: `no-${kind}`,
      path: ["obligations"],
      sentence: `No obligation is of the kind ${kind}; without it the others can be walked around. Add one.`,
    }));

const noLift: Rule = () => [
  {
    rule: "no-lift",
    path: [],
    sentence:
      "The terms do not say what lifts them, nor when they end. This version of the language cannot say it yet.",
  },
];

const rules: readonly Rule[] = [
  declaredAboveLimit,
  quantityAboveLimit,
  limitsDisagree,
  evasionUncovered,
  obligationUntested,
  probabilityUnreachable,
  probabilityIdle,
  noFalseAlarms,
  manyFalseAlarms,
  correlationTrivial,
  tripwireUpsideDown,
  noWitness,
  loneWitness,
  keeperWitness,
  unknownPrecision,
  idleAboveFull,
  nothingOwed,
  noLift,
];
