import { parseQuantity } from "@standstill/record";
import type { Draft } from "../terms.ts";
import type { Contradiction, ContradictionRule } from "./contradiction.ts";

/** Ranges whose low end is above the high one, quorums above what there is, steps out of order. */
export function* upsideDown(terms: Draft): Generator<Contradiction> {
  for (const rule of rules) yield* rule(terms);
}

function* tensorPipe({ yardsticks }: Draft): Generator<Contradiction> {
  const pipe = yardsticks?.counters?.tensorPipe;
  if (pipe !== undefined && Number(pipe.low) > Number(pipe.high))
    yield {
      path: ["yardsticks", "counters", "tensorPipe"],
      message: `expected low of at most high, got ${pipe.low} and ${pipe.high}`,
    };
}

function* quorum({ witnesses, witnessQuorum }: Draft): Generator<Contradiction> {
  if (witnessQuorum > witnesses.length)
    yield {
      path: ["witnessQuorum"],
      message: `expected a quorum of at most ${witnesses.length}, got ${witnessQuorum}`,
    };
}

function* pauseSteps({ pause }: Draft): Generator<Contradiction> {
  if (pause === undefined) return;
  const { readyWithinHours, stopWithinHours, shownWithinHours } = pause;
  if (readyWithinHours > stopWithinHours || stopWithinHours >= shownWithinHours)
    yield {
      path: ["pause"],
      message: "expected ready, stopped and shown one after the other, got another order",
    };
}

function* ramp({ lift }: Draft): Generator<Contradiction> {
  let before = 0;
  for (const [i, { untilDays }] of (lift?.ramp ?? []).entries()) {
    if (untilDays <= before)
      yield {
        path: ["lift", "ramp", i, "untilDays"],
        message: `expected more days than the step before, got ${untilDays}`,
      };
    before = untilDays;
  }
}

function* signatures({ roles = [] }: Draft): Generator<Contradiction> {
  for (const [i, role] of roles.entries())
    if (role.signatures > role.holders.length)
      yield {
        path: ["roles", i, "signatures"],
        message: `expected at most ${role.holders.length} signatures, got ${role.signatures}`,
      };
}

function* accelerators({ accelerators: all = [] }: Draft): Generator<Contradiction> {
  for (const [i, { efficiency, power }] of all.entries()) {
    const ranges = [
      ["FLOP/J", ["efficiency"], efficiency],
      ["W", ["power", "idle"], power.idle],
      ["W", ["power", "full"], power.full],
    ] as const;
    for (const [unit, path, { low, high }] of ranges)
      if (parseQuantity(low, unit) > parseQuantity(high, unit))
        yield {
          path: ["accelerators", i, ...path],
          message: `expected low of at most high, got ${low} and ${high}`,
        };
  }
}

function* totals({ weights = [] }: Draft): Generator<Contradiction> {
  for (const [i, { of, total }] of weights.entries()) {
    const sum = Object.values(of).reduce((all, one) => all + BigInt(one), 0n);
    if (sum > BigInt(total))
      yield {
        path: ["weights", i, "total"],
        message: `expected a total of at least the weights' sum ${sum}, got ${total}`,
      };
  }
}

const rules: readonly ContradictionRule[] = [
  tensorPipe,
  quorum,
  pauseSteps,
  ramp,
  signatures,
  accelerators,
  totals,
];
