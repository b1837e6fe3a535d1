import {
  diffTerms,
  isAtLeast,
  lineOf,
  MODES,
  OBLIGATION_KINDS,
  type Obligation,
  obligationRuleOf,
  obligationSchema,
} from "@standstill/agreement";
import { canonicalJson, DAY_MS, parseQuantity } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { full } from "./full-agreement.ts";
import { obligations } from "./obligations.ts";

const anyKind: fc.Arbitrary<Obligation> = fc.oneof(...Object.values(obligations));
const flop = (text: string) => parseQuantity(text, "FLOP");
const elapsed = fc.option(
  fc.integer({ min: 0, max: 500 }).map((days) => days * DAY_MS),
  { nil: undefined },
);

describe("an obligation is read as it was written", () => {
  it.each(Object.entries(obligations))("%s", (kind, ofKind) => {
    fc.assert(
      fc.property(ofKind as fc.Arbitrary<Obligation>, (one) => {
        expect(one.kind).toBe(kind);
        const written = canonicalJson(JSON.parse(JSON.stringify(one)));
        const read = obligationSchema.parse(JSON.parse(written));
        expect(canonicalJson(JSON.parse(JSON.stringify(read)))).toBe(written);
      }),
    );
  });

  it.each(OBLIGATION_KINDS)("%s with a field that it does not have is refused", (kind) => {
    const one = { ...full.obligations.find((other) => other.kind === kind), stranger: 1 };
    expect(obligationSchema.safeParse(one).success).toBe(false);
  });

  it("a kind from the future is refused, and the kinds that there are are named", () => {
    const { error } = obligationSchema.safeParse({ kind: "orbital-limit", id: "one" });
    expect(error?.issues[0]?.message).toMatch(
      /an obligation of the kind training-run-limit, .*conduct, got "orbital-limit"/,
    );
  });
});

describe("the line in force", () => {
  it("is drawn by whatever draws one, and never above what the terms say", () => {
    fc.assert(
      fc.property(anyKind, fc.constantFrom(...MODES), elapsed, (one, mode, elapsedMs) => {
        const line = lineOf(one)?.amount;
        const inForce = obligationRuleOf(one).inForce(one, { mode, elapsedMs });
        expect(inForce === undefined).toBe(line === undefined);
        if (line === undefined || inForce === undefined) return;
        expect(flop(inForce) <= flop(line)).toBe(true);
        if (mode === "cap") expect(inForce).toBe(line);
        if (mode === "pause" && obligationRuleOf(one).isNothingInPause(one))
          expect(inForce).toBe("0 FLOP");
      }),
      { numRuns: 500 },
    );
  });

  it("only falls with time and with the strictness of the mode", () => {
    fc.assert(
      fc.property(
        anyKind,
        fc.constantFrom(...MODES),
        fc.constantFrom(...MODES),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 500 }),
        (one, mode, other, days, more) => {
          const at = (asked: typeof mode, day: number) =>
            obligationRuleOf(one).inForce(one, { mode: asked, elapsedMs: day * DAY_MS });
          const [before, after] = [
            at(mode, days),
            at(isAtLeast(other, mode) ? other : mode, days + more),
          ];
          if (before === undefined || after === undefined) return;
          expect(flop(after) <= flop(before)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("changes on no other days than those that its kind tells", () => {
    fc.assert(
      fc.property(anyKind, fc.integer({ min: 1, max: 500 }), (one, day) => {
        const { inForce, changesAfterDays } = obligationRuleOf(one);
        const on = (days: number) => inForce(one, { mode: "taper", elapsedMs: days * DAY_MS });
        if (on(day) !== on(day - 1)) expect(changesAfterDays(one)).toContain(day);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("between two versions", () => {
  const differs = (was: Obligation, is: Obligation) =>
    diffTerms({ ...full, obligations: [was] }, { ...full, obligations: [is] });

  it("what one calls stricter the other way round is looser", () => {
    const opposite = { stricter: "looser", looser: "stricter", different: "different" };
    fc.assert(
      fc.property(anyKind, anyKind, (was, is) => {
        const one = { ...was, id: "same" };
        const other = { ...is, id: "same" };
        const back = new Map(differs(other, one).map(({ path, effect }) => [path, effect]));
        for (const { path, effect } of differs(one, other))
          expect(back.get(path), path).toBe(opposite[effect]);
      }),
      { numRuns: 500 },
    );
  });

  it("a lower limit is stricter, whatever the kind that draws it", () => {
    fc.assert(
      fc.property(anyKind, (one) => {
        const line = lineOf(one);
        if (line === undefined || flop(line.amount) < 2n) return;
        const lower = { ...one, [line.field]: "1 FLOP" };
        expect(differs(one, lower)).toMatchObject([{ effect: "stricter" }]);
      }),
    );
  });
});
