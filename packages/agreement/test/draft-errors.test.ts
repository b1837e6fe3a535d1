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
    expect(parseDraft(example).goals.significantQuantity).toBe("10000000000000000000 FLOP");
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
      "{ id: borealis, name: Borealis }",
      "{ id: aster, name: Borealis }",
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
    ["no YAML", "name: Example", "name: [Example", "malformed-terms", /YAML/],
  ])("%s", (_name, good, bad, code, message) => {
    expect(example).toContain(good);
    const error = errorOf(example.replace(good, bad));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.place).toBeDefined();
  });

  it("the line is the one of the field", () => {
    const line = example.split("\n").findIndex((text) => text.includes("limit: 2e21 FLOP")) + 1;
    expect(errorOf(example.replace("limit: 2e21 FLOP", "limit: 2e21 J")).place).toContain(
      `line ${line}`,
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
