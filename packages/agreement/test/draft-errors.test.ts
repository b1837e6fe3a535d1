import { readFileSync } from "node:fs";
import { AgreementError, parseDraft } from "@standstill/agreement";
import { canonicalJson } from "@standstill/record";
import { describe, expect, it } from "vitest";

const example = readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8");

function errorOf(text: string): AgreementError {
  try {
    parseDraft(text);
  } catch (error) {
    if (error instanceof AgreementError) return error;
    throw error;
  }
  throw new Error("expected a refusal, got terms");
}

describe("the example agreement", () => {
  it("is accepted, and JSON of the same terms gives the same canonical form", () => {
    const draft = parseDraft(example);
    expect(draft.parties).toHaveLength(5);
    expect(canonicalJson(parseDraft(JSON.stringify(draft)))).toBe(canonicalJson(draft));
  });

  it("amounts with exponents are written out", () => {
    expect(parseDraft(example).goals?.significantQuantity).toBe("10000000000000000000 FLOP");
  });
});

describe("mistakes are refused with the field and its line", () => {
  it.each([
    ["an unknown field", "about:", "abuot:", "malformed-terms", /abuot/],
    ["a negative limit", "limit: 2e21 FLOP", "limit: -2e21 FLOP", "malformed-terms", /FLOP/],
    ["1e400", "limit: 2e21 FLOP", "limit: 1e400 FLOP", "malformed-terms", /FLOP/],
    ["NaN", "limit: 2e21 FLOP", "limit: .nan", "malformed-terms", /string/],
    ["a wrong unit", "limit: 2e21 FLOP", "limit: 2e21 J", "malformed-terms", /FLOP/],
    [
      "a share above one",
      'detectionProbability: "0.90"',
      'detectionProbability: "1.90"',
      "malformed-terms",
      /share/,
    ],
    [
      "a party twice",
      "{ id: borealis, name: Borealis, kind: lab }",
      "{ id: aster, name: Borealis, kind: lab }",
      "contradictory-terms",
      /aster/,
    ],
    ["an interval upside down", "low: 250 W", "low: 950 W", "contradictory-terms", /950/],
    ["a witness of nobody", "party: cedar }", "party: nobody }", "contradictory-terms", /nobody/],
    [
      "a quorum that cannot be met",
      "witnessQuorum: 2",
      "witnessQuorum: 4",
      "contradictory-terms",
      /at most 3/,
    ],
    [
      "a limit without a counting rule",
      /counting:\n(?: .*\n)+/.exec(example)?.[0] as string,
      "",
      "contradictory-terms",
      /counting rule/,
    ],
    [
      "definitions that rest on each other",
      "on one site or several.\n",
      "on one site or several.\n    rests: [declared]\n",
      "contradictory-terms",
      /run → declared → run/,
    ],
    [
      "an undefined term",
      "rests: [declared]",
      "rests: [undeclared]",
      "contradictory-terms",
      /undeclared/,
    ],
    [
      "a day that does not exist",
      "when: { kind: count, atLeast: 2 }",
      'when: { kind: from, day: "2026-02-30" }',
      "malformed-terms",
      /day that exists/,
    ],
    [
      "a lift that depends on who is bound",
      "      - { kind: accepted, safeguard: weights-secured }\n",
      "      - { kind: count, atLeast: 3 }\n",
      "contradictory-terms",
      /facts, votes and dates only/,
    ],
    [
      "an entry that more parties hinder",
      "when: { kind: count, atLeast: 2 }",
      "when: { kind: not, that: { kind: count, atLeast: 2 } }",
      "contradictory-terms",
      /under "not"/,
    ],
    [
      "a condition that is none",
      "when: { kind: count, atLeast: 2 }",
      "when: { cuont: 2 }",
      "malformed-terms",
      /expected a condition/,
    ],
    [
      "a condition of a kind that there is not",
      "when: { kind: count, atLeast: 2 }",
      "when: { kind: amount, atLeast: 2 }",
      "malformed-terms",
      /expected a condition of the kind all, any, .*, got "amount"/,
    ],
    [
      "a tripwire that is not there",
      "{ kind: tripped, tripwire: article-4 }",
      "{ kind: tripped, tripwire: article-44 }",
      "contradictory-terms",
      /article-44/,
    ],
    [
      "more signatures than holders",
      "holders: [borealis, cedar, dune]\n    signatures: 2",
      "holders: [borealis, cedar, dune]\n    signatures: 4",
      "contradictory-terms",
      /at most 3/,
    ],
    ["no YAML", "name: Example", "name: [Example", "malformed-terms", /YAML/],
  ])("%s", (_name, good, bad, code, message) => {
    expect(example).toContain(good);
    const error = errorOf(example.replace(good, bad));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.place).toMatch(/line \d+/);
  });

  it("the line is the one of the field", () => {
    const line = example.split("\n").findIndex((text) => text.includes("limit: 2e21 FLOP")) + 1;
    expect(errorOf(example.replace("limit: 2e21 FLOP", "limit: 2e21 J")).place).toContain(
      `line ${line}`,
    );
  });

  it("a date before adoption, at its line", () => {
    const text = example
      .replace("text: {", 'adopted: "2026-06-04"\ntext: {')
      .replace("holds: throughout", 'holds: throughout\n  notBefore: "2026-01-01"');
    const error = errorOf(text);
    expect(error.message).toMatch(/adoption on 2026-06-04/);
    const line = text.split("\n").findIndex((one) => one.includes("2026-01-01")) + 1;
    expect(error.place).toContain(`line ${line}`);
  });

  it("a fault deep inside a condition, at its line", () => {
    const text = example.replace(
      "{ kind: accepted, safeguard: weights-secured }",
      "{ kind: accepted, safeguard: 7 }",
    );
    const line = text.split("\n").findIndex((one) => one.includes("safeguard: 7")) + 1;
    expect(errorOf(text).place).toContain(`lift.when.of.1.safeguard (line ${line}`);
  });

  it("nesting deeper than canonical JSON can write is refused", () => {
    const deep = (n: number) =>
      `${"{ kind: not, that: ".repeat(n)}{ kind: clear, party: aster }${" }".repeat(n)}`;
    const nested = (n: number) =>
      example.replace("when: { kind: count, atLeast: 2 }", `when: ${deep(n)}`);
    expect(() => parseDraft(nested(20))).not.toThrow();
    expect(errorOf(nested(40)).code).toBe("limit-exceeded");
  });

  it("nesting without end is refused, not crashed on", () => {
    expect(errorOf("[".repeat(500_000)).code).toMatch(/malformed-terms|limit-exceeded/);
    expect(errorOf(`about: ${"{ not: ".repeat(20_000)}`).code).toMatch(
      /malformed-terms|limit-exceeded/,
    );
  });

  it("a YAML bomb and a file of two megabytes are refused at once", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghij"].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefghi"[i]}`).join()}]`).join("\n")}`;
    const start = Date.now();
    expect(errorOf(bomb).code).toBe("malformed-terms");
    expect(errorOf("x".repeat(2 << 20)).code).toBe("limit-exceeded");
    expect(Date.now() - start).toBeLessThan(15_000);
  });
});
