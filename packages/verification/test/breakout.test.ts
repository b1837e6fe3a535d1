import { breakoutSeconds, breakoutsOf } from "@standstill/verification";
import { describe, expect, it } from "vitest";
import { exampleSubject } from "./subjects.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const H100E = 990n * 10n ** 12n;

describe("breakout time: at 40 % of 990e12 FLOP/s for each H100e (halve for FP8)", () => {
  it.each([
    [16n, 22, 18 * DAY],
    [256n, 22, 27 * HOUR],
    [1024n, 22, 7 * HOUR],
    [16n, 24, 5 * 365 * DAY],
    [256n, 24, 114 * DAY],
    [1024n, 24, 28.5 * DAY],
    [4096n, 24, 7.1 * DAY],
    [16_384n, 24, 1.8 * DAY],
    [100_000n, 24, 7 * HOUR],
    [16_384n, 26, 178 * DAY],
    [100_000n, 26, 29 * DAY],
  ])("%i H100e to 1e%i FLOP", (count, exponent, expected) => {
    const found = Number(breakoutSeconds(10n ** BigInt(exponent), 0n, count * H100E, 400_000n));
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.03);
  });

  it("what is used already brings it nearer; at the limit it is now, and without compute never", () => {
    const rate = [1000n, 1_000_000n] as const;
    expect(breakoutSeconds(10_000n, 4000n, ...rate)).toBe(6n);
    expect(breakoutSeconds(10_000n, 10_000n, ...rate)).toBe(0n);
    expect(breakoutSeconds(10_000n, 20_000n, ...rate)).toBe(0n);
    expect(breakoutSeconds(10_000n, 0n, 0n, 1_000_000n)).toBeUndefined();
  });

  it("of a site of the example: its limit over its accelerators' peak at the agreed utilization", async () => {
    const subject = await exampleSubject("dune");
    const [first] = breakoutsOf(subject);
    const accelerators = subject.site.nodes.reduce((sum, node) => sum + node.accelerators, 0);
    const expected = Number(first?.limitFlop) / (accelerators * 1979e12 * 0.6);
    expect(Math.abs(Number(first?.seconds) / expected - 1)).toBeLessThan(0.01);
  });
});
