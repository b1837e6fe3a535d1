import { exponential } from "./exponential.ts";
import { naturalLogarithm } from "./logarithm.ts";

const LN_SQRT_2_PI = 0.9189385332046728;
/** From here on Stirling's series is exact to the last bits. */
const LARGE = 15;
/** Bernoulli's numbers B(2k) / (2k (2k - 1)), from k = 1 on (Abramowitz and Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];

/** Logarithm of the gamma function of a number above 0: Stirling's series, from small numbers after the recurrence. */
export function logGamma(value: number): number {
  let large = value;
  let product = 1;
  for (; large < LARGE; large++) product *= large;
  const inverse = 1 / large;
  let power = inverse;
  let series = 0;
  for (const factor of STIRLING) {
    series += factor * power;
    power *= inverse * inverse;
  }
  const stirling = (large - 0.5) * naturalLogarithm(large) - large + LN_SQRT_2_PI + series;
  return stirling - naturalLogarithm(product);
}

const MOST_STEPS = 10_000;
const SMALL = 1e-300;

/**
 * The regularised incomplete beta function I(x; a, b): how likely a share below x is. By its continued fraction (Abramowitz and Stegun
 * 26.5.8; the method of Lentz), which Student's t and the binomial distribution have in common.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front =
    exponential(
      logGamma(a + b) -
        logGamma(a) -
        logGamma(b) +
        a * naturalLogarithm(x) +
        b * naturalLogarithm(1 - x),
    ) / a;
  let [fraction, c, d] = [1, 1, 0];
  for (let i = 0; i <= MOST_STEPS; i++) {
    const term = i === 0 ? 1 : termOf(i, x, a, b);
    d = 1 / awayFromZero(1 + term * d);
    c = awayFromZero(1 + term / c);
    fraction *= c * d;
    if (Math.abs(1 - c * d) < 1e-15) break;
  }
  return front * (fraction - 1);
}

function termOf(i: number, x: number, a: number, b: number): number {
  const m = Math.floor(i / 2);
  return i % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function awayFromZero(value: number): number {
  return Math.abs(value) < SMALL ? SMALL : value;
}
