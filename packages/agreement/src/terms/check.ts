import { parseQuantity } from "@standstill/record";
import {
  boundPath,
  type Condition,
  conditionsIn,
  nonMonotonePath,
} from "../condition/condition.ts";
import { AgreementError } from "../error.ts";
import { COUNTED_KINDS } from "./obligations.ts";
import type { Draft } from "./terms.ts";

/** Path of a field in terms. */
export type Path = readonly (string | number)[];
/** What is contradictory in terms, and where. */
export interface Contradiction {
  readonly path: Path;
  readonly message: string;
}

/** Refuses terms that contradict themselves; the error names the first contradiction and its path. */
export function checkTerms(terms: Draft): void {
  for (const { path, message } of contradictionsIn(terms))
    throw new AgreementError("contradictory-terms", message, path.join(".") || "the terms");
}

/** Every contradiction in terms: names used twice or for nothing, cycles, upside-down intervals, dates out of order. */
export function* contradictionsIn(terms: Draft): Generator<Contradiction> {
  yield* namesTwice(terms);
  yield* namesForNothing(terms);
  yield* definitionCycles(terms);
  yield* wrongConditions(terms);
  yield* uncounted(terms);
  yield* upsideDown(terms);
  yield* datesOutOfOrder(terms);
}

function* namesTwice(terms: Draft): Generator<Contradiction> {
  const lists: [Path, readonly { readonly id: string }[]][] = [
    [["parties"], [terms.keeper, ...terms.parties]],
    [["adjudication", "steps"], terms.adjudication?.steps ?? []],
    ...(
      [
        "groups",
        "weights",
        "witnesses",
        "roles",
        "definitions",
        "accelerators",
        "obligations",
        "exemptions",
        "uses",
        "reporting",
        "tripwires",
        "triggers",
        "safeguards",
      ] as const
    ).map((name): [Path, readonly { readonly id: string }[]] => [[name], terms[name] ?? []]),
  ];
  for (const [path, list] of lists) {
    const seen = new Set<string>();
    for (const { id } of list) {
      if (seen.has(id)) yield { path, message: `expected each name once, got "${id}" twice` };
      seen.add(id);
    }
  }
}

/** Names that terms refer to, by what they name. */
export function namesOf(terms: Draft) {
  const ids = (list: readonly { readonly id: string }[] | undefined) =>
    new Set((list ?? []).map(({ id }) => id));
  const parties = ids(terms.parties);
  return {
    party: parties,
    holder: new Set([...parties, terms.keeper.id, ...ids(terms.roles)]),
    group: ids(terms.groups),
    "table of weights": ids(terms.weights),
    role: ids(terms.roles),
    definition: ids(terms.definitions),
    obligation: ids(terms.obligations),
    use: ids(terms.uses),
    tripwire: ids(terms.tripwires),
    safeguard: ids(terms.safeguards),
  };
}
type Named = keyof ReturnType<typeof namesOf>;

function* namesForNothing(terms: Draft): Generator<Contradiction> {
  const names = namesOf(terms);
  function* ask(what: Named, asked: readonly string[] | undefined, path: Path) {
    for (const name of asked ?? [])
      if (!names[what].has(name))
        yield { path, message: `expected a ${what} that the terms have, got "${name}"` };
  }
  const one = (name: string | undefined) => (name === undefined ? [] : [name]);
  for (const [i, wire] of (terms.tripwires ?? []).entries()) {
    const others = wire.indicator === "training-compute" ? [] : wire.together;
    yield* ask("tripwire", others, ["tripwires", i, "together"]);
  }
  for (const [i, group] of (terms.groups ?? []).entries())
    yield* ask("party", group.parties, ["groups", i, "parties"]);
  for (const [i, table] of (terms.weights ?? []).entries())
    yield* ask("party", Object.keys(table.of), ["weights", i, "of"]);
  for (const [i, witness] of terms.witnesses.entries())
    yield* ask("holder", [witness.party], ["witnesses", i, "party"]);
  for (const [i, party] of terms.parties.entries())
    if (party.deputy === party.id)
      yield { path: ["parties", i, "deputy"], message: "expected a deputy other than the party" };
  for (const [i, definition] of (terms.definitions ?? []).entries())
    yield* ask("definition", definition.rests, ["definitions", i, "rests"]);
  for (const [i, obligation] of terms.obligations.entries()) {
    const path = ["obligations", i];
    yield* ask("definition", obligation.rests, [...path, "rests"]);
    yield* ask("group", one(obligation.binds), [...path, "binds"]);
    if (obligation.kind === "declared-before-start")
      yield* ask("role", one(obligation.approvedBy), [...path, "approvedBy"]);
    if (obligation.kind === "release-gate")
      yield* ask("safeguard", obligation.safeguards, [...path, "safeguards"]);
    if (obligation.kind === "automation-limit")
      yield* ask("tripwire", [obligation.from], [...path, "from"]);
  }
  for (const [i, exemption] of (terms.exemptions ?? []).entries()) {
    yield* ask("obligation", exemption.from, ["exemptions", i, "from"]);
    yield* ask("group", one(exemption.group), ["exemptions", i, "group"]);
    yield* ask("use", exemption.uses, ["exemptions", i, "uses"]);
  }
  yield* ask("role", one(terms.adjudication?.panel), ["adjudication", "panel"]);
  for (const [i, step] of (terms.adjudication?.steps ?? []).entries()) {
    const votes = terms.adjudication?.steps.slice(0, i).filter(({ light }) => light !== undefined);
    if (step.onlyIf !== undefined && !votes?.some(({ id }) => id === step.onlyIf))
      yield {
        path: ["adjudication", "steps", i, "onlyIf"],
        message: `expected an earlier step that is voted on, got "${step.onlyIf}"`,
      };
  }
  yield* ask("holder", terms.yardsticks?.reporters, ["yardsticks", "reporters"]);
  for (const [i, safeguard] of (terms.safeguards ?? []).entries())
    yield* ask("role", one(safeguard.assessedBy), ["safeguards", i, "assessedBy"]);
  for (const { path, condition } of conditionsOfTerms(terms)) {
    for (const fault of unknownIn(condition, terms))
      yield { path: [...path, ...fault.path], message: fault.message };
  }
}

/** Names in a condition that the terms do not have, each with its path in the condition. */
export function* unknownIn(condition: Condition, terms: Draft): Generator<Contradiction> {
  const names = namesOf(terms);
  for (const { condition: part, path } of conditionsIn(condition)) {
    const asked: [Named, string | undefined][] =
      "bound" in part
        ? [["party", part.bound]]
        : "clear" in part
          ? [["party", part.clear]]
          : "verified" in part
            ? [["party", part.verified]]
            : "assurance" in part
              ? [["party", part.assurance]]
              : "count" in part
                ? [
                    ["group", part.of],
                    ["group", part.besides],
                  ]
                : "share" in part
                  ? [["table of weights", part.weight]]
                  : "tripped" in part
                    ? [["tripwire", part.tripped]]
                    : "accepted" in part
                      ? [["safeguard", part.accepted]]
                      : "vote" in part
                        ? [["group", part.of]]
                        : [];
    for (const [what, name] of asked)
      if (name !== undefined && !names[what].has(name))
        yield { path, message: `expected a ${what} that the terms have, got "${name}"` };
  }
}

/** Every condition of the terms with its path, and whether facts alone may decide it. */
export function* conditionsOfTerms(terms: Draft): Generator<{
  readonly path: Path;
  readonly condition: Condition;
  readonly factsOnly: boolean;
}> {
  const { entry, lift, duration, withdrawal, amendment, triggers } = terms;
  if (entry !== undefined)
    yield { path: ["entry", "when"], condition: entry.when, factsOnly: false };
  if (amendment !== undefined)
    yield { path: ["amendment", "when"], condition: amendment.when, factsOnly: false };
  for (const [i, { when }] of (triggers ?? []).entries())
    yield { path: ["triggers", i, "when"], condition: when, factsOnly: true };
  if (lift !== undefined) yield { path: ["lift", "when"], condition: lift.when, factsOnly: true };
  if (duration?.extension !== undefined)
    yield {
      path: ["duration", "extension", "when"],
      condition: duration.extension.when,
      factsOnly: true,
    };
  if (withdrawal?.heldBackWhile !== undefined)
    yield {
      path: ["withdrawal", "heldBackWhile"],
      condition: withdrawal.heldBackWhile,
      factsOnly: true,
    };
}

function* wrongConditions(terms: Draft): Generator<Contradiction> {
  for (const { path, condition, factsOnly } of conditionsOfTerms(terms)) {
    const place = factsOnly ? boundPath(condition) : nonMonotonePath(condition);
    if (place === undefined) continue;
    const message = factsOnly
      ? `expected facts, votes and dates only, got who is bound at ${place}: what raises or lifts a mode must not depend on who is bound by it`
      : `expected a condition that more parties can only help to meet, got who is bound under "not" at ${place}`;
    yield { path, message };
  }
}

function* definitionCycles({ definitions = [] }: Draft): Generator<Contradiction> {
  const rests = new Map(definitions.map(({ id, rests: on = [] }) => [id, on]));
  const done = new Set<string>();
  const cycleFrom = (id: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const next of rests.get(id) ?? []) {
      const cycle = cycleFrom(next, [...trail, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const [i, { id }] of definitions.entries()) {
    const cycle = cycleFrom(id, []);
    if (cycle !== undefined) {
      yield {
        path: ["definitions", i, "rests"],
        message: `expected definitions that end somewhere, got a cycle: ${cycle.join(" → ")}`,
      };
      return;
    }
  }
}

function* uncounted(terms: Draft): Generator<Contradiction> {
  if (terms.counting === undefined) {
    const i = terms.obligations.findIndex(({ kind }) => COUNTED_KINDS.has(kind));
    if (i >= 0)
      yield {
        path: ["obligations", i],
        message:
          "expected a counting rule for a limit in FLOP, got none: add `counting` with its rule and source",
      };
  }
  if (terms.h100e === undefined) {
    const i = terms.obligations.findIndex(
      (one) => "aboveH100e" in one && one.aboveH100e !== undefined,
    );
    if (i >= 0)
      yield {
        path: ["obligations", i, "aboveH100e"],
        message: "expected a definition of one H100e for a line in H100e, got none: add `h100e`",
      };
  }
}

function* upsideDown(terms: Draft): Generator<Contradiction> {
  const pipe = terms.yardsticks?.counters?.tensorPipe;
  if (pipe !== undefined && Number(pipe.low) > Number(pipe.high))
    yield {
      path: ["yardsticks", "counters", "tensorPipe"],
      message: `expected low of at most high, got ${pipe.low} and ${pipe.high}`,
    };
  if (terms.witnessQuorum > terms.witnesses.length)
    yield {
      path: ["witnessQuorum"],
      message: `expected a quorum of at most ${terms.witnesses.length}, got ${terms.witnessQuorum}`,
    };
  const { pause } = terms;
  if (
    pause !== undefined &&
    (pause.readyWithinHours > pause.stopWithinHours ||
      pause.stopWithinHours >= pause.shownWithinHours)
  )
    yield {
      path: ["pause"],
      message: "expected ready, stopped and shown one after the other, got another order",
    };
  for (const [i, { untilDays }] of (terms.lift?.ramp ?? []).entries())
    if (untilDays <= (terms.lift?.ramp?.[i - 1]?.untilDays ?? 0))
      yield {
        path: ["lift", "ramp", i, "untilDays"],
        message: `expected more days than the step before, got ${untilDays}`,
      };
  for (const [i, role] of (terms.roles ?? []).entries())
    if (role.signatures > role.holders.length)
      yield {
        path: ["roles", i, "signatures"],
        message: `expected at most ${role.holders.length} signatures, got ${role.signatures}`,
      };
  for (const [i, accelerator] of (terms.accelerators ?? []).entries()) {
    const { efficiency, power } = accelerator;
    const ranges = [
      ["FLOP/J", "efficiency", efficiency],
      ["W", "power.idle", power.idle],
      ["W", "power.full", power.full],
    ] as const;
    for (const [unit, name, { low, high }] of ranges)
      if (parseQuantity(low, unit) > parseQuantity(high, unit))
        yield {
          path: ["accelerators", i, ...name.split(".")],
          message: `expected low of at most high, got ${low} and ${high}`,
        };
  }
  for (const [i, table] of (terms.weights ?? []).entries()) {
    const sum = Object.values(table.of).reduce((total, one) => total + BigInt(one), 0n);
    if (sum > BigInt(table.total))
      yield {
        path: ["weights", i, "total"],
        message: `expected a total of at least the weights' sum ${sum}, got ${table.total}`,
      };
  }
}

function* datesOutOfOrder(terms: Draft): Generator<Contradiction> {
  const { adopted, entry, duration } = terms;
  const dates: [Path, string | undefined][] = [
    [["entry", "notBefore"], entry?.notBefore],
    [["duration", "until"], duration?.until],
    [["duration", "extension", "until"], duration?.extension?.until],
    ...(terms.exemptions ?? []).map(({ until }, i): [Path, string | undefined] => [
      ["exemptions", i, "until"],
      until,
    ]),
  ];
  for (const { path, condition } of conditionsOfTerms(terms))
    for (const { condition: part, path: inner } of conditionsIn(condition))
      if ("from" in part) dates.push([[...path, ...inner, "from"], part.from]);
  for (const [path, date] of dates)
    if (adopted !== undefined && date !== undefined && date < adopted)
      yield { path, message: `expected a day from the adoption on ${adopted} on, got ${date}` };
  const until = duration?.until;
  const longer = duration?.extension?.until;
  if (until !== undefined && longer !== undefined && longer <= until)
    yield {
      path: ["duration", "extension", "until"],
      message: `expected a day after ${until}, got ${longer}`,
    };
}
