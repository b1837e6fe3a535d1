import { billionths, DAY_MS, HOUR_MS, millionths, shareOf } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("decimal numbers as whole parts", () => {
  const sign = fc.constantFrom("", "-");
  const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));

  it("are what is written, whatever stands behind the last place", () => {
    fc.assert(
      fc.property(sign, digits(12), digits(12), (minus, whole, fraction) => {
        const text = `${minus}${whole}.${fraction}`;
        const exact = BigInt(`${minus}${whole}${fraction}`) * 10n ** 12n;
        const scale = 10n ** BigInt(fraction.length);
        // BigInt division drops what is behind the last place, towards 0, as the functions do.
        expect(millionths(text)).toBe(exact / 10n ** 6n / scale);
        expect(billionths(text)).toBe(exact / 10n ** 3n / scale);
      }),
    );
    expect([millionths("1"), millionths("0.90"), billionths("0.5")]).toEqual([
      1_000_000n,
      900_000n,
      500_000_000n,
    ]);
  });

  it("what is no decimal number is refused, and not read as something else", () => {
    for (const text of ["", ".5", "1.", "1e3", "0x10", " 1", "1,5", "--1", "NaN"])
      expect(() => millionths(text)).toThrow(RangeError);
  });

  it("a share of a whole is the least number that reaches it", () => {
    expect(shareOf("0.66", 3n)).toBe(2n);
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n), fc.bigInt(0n, 10n ** 20n), (part, whole) => {
        const share = `${part / 1_000_000n}.${String(part % 1_000_000n).padStart(6, "0")}`;
        const needed = shareOf(share, whole);
        expect(needed * 1_000_000n >= part * whole).toBe(true);
        expect((needed - 1n) * 1_000_000n < part * whole || needed === 0n).toBe(true);
      }),
    );
  });
});

describe("durations", () => {
  it("are those of the calendar in UTC", () => {
    expect(Date.UTC(2026, 5, 2) - Date.UTC(2026, 5, 1)).toBe(DAY_MS);
    expect(Date.UTC(2026, 5, 1, 1) - Date.UTC(2026, 5, 1)).toBe(HOUR_MS);
  });
});
