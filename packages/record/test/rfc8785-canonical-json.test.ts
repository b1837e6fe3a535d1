import { canonicalJson, parseCanonicalJson, utf8 } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

describe("RFC 8785", () => {
  it("section 3.2.2: serializes the sample", () => {
    const sample = {
      // biome-ignore lint/correctness/noPrecisionLoss: the sample of the RFC is written so.
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("section 3.2.3: sorts keys by UTF-16 code units", () => {
    const keys = { "€": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, ö: 7 };
    expect(Object.values(JSON.parse(canonicalJson(keys)))).toHaveLength(7);
    expect([...canonicalJson(keys).matchAll(/:(\d)/g)].map((m) => m[1]).join("")).toBe("2467153");
  });

  it.each([
    ["0000000000000000", 0, "0"],
    ["8000000000000000", -0, "0"],
    ["0000000000000001", 5e-324, "5e-324"],
    ["7fefffffffffffff", 1.7976931348623157e308, "1.7976931348623157e+308"],
    ["4340000000000000", 9007199254740992, "9007199254740992"],
    ["44b52d02c7e14af6", 1e23, "1e+23"],
    ["444b1ae4d6e2ef50", 1e21, "1e+21"],
    ["3eb0c6f7a0b5ed8d", 0.000001, "0.000001"],
  ])("appendix B: number %s", (_bits, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("round-trips every JSON value but those with the key __proto__, which are refused", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('"__proto__"'));
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonicalJson(utf8(text)))).toBe(text);
      }),
    );
  });
});

describe("parseCanonicalJson refuses what is not its own canonical form", () => {
  it.each([
    ["duplicate keys", '{"a":1,"a":2}', "not-canonical"],
    ["white space", '{"a": 1}', "not-canonical"],
    ["keys out of order", '{"b":1,"a":2}', "not-canonical"],
    ["another spelling of a number", '{"a":1.0}', "not-canonical"],
    ["a number beyond double range", '{"a":1e400}', "malformed-json"],
    ["__proto__ as a key", '{"__proto__":1}', "malformed-json"],
    ["a lone surrogate", '{"a":"\\ud800"}', "malformed-encoding"],
    ["NaN", '{"a":NaN}', "malformed-json"],
    ["a truncated text", '{"a":', "malformed-json"],
    ["deep nesting", "[".repeat(100_000), "limit-exceeded"],
  ])("%s", (_name, text, code) => {
    expect(codeOf(() => parseCanonicalJson(utf8(text)))).toBe(code);
  });

  it("bytes that are not UTF-8, and a byte order mark", () => {
    expect(codeOf(() => parseCanonicalJson(Uint8Array.of(0x22, 0xff, 0x22)))).toBe(
      "malformed-encoding",
    );
    expect(codeOf(() => parseCanonicalJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)))).toBe(
      "malformed-json",
    );
  });

  it("two megabytes", () => {
    expect(codeOf(() => parseCanonicalJson(new Uint8Array(2 << 20).fill(0x31)))).toBe(
      "limit-exceeded",
    );
  });
});
