import { exponential } from "./exponential.ts";
import { naturalLogarithm } from "./logarithm.ts";

/**
 * Probability that Student's t with so many degrees of freedom lies below a value: by the continued fraction of the incomplete beta
 * function (Abramowitz and Stegun 26.5.8), with whole and half gammas from their recurrence.
 *
 * @example studentCumulative(2.228, 10) // 0.975
 */
export function studentCumulative(value: number, degrees: number): number {
  if (!Number.isFinite(value)) return value > 0 ? 1 : 0;
  const x = degrees / (degrees + value * value);
  const tail = incompleteBeta(x, degrees / 2, 0.5) / 2;
  return value > 0 ? 1 - tail : tail;
}

/** The value below which Student's t lies with a probability, by halving. */
export function studentQuantile(share: number, degrees: number): number {
  let [low, high] = [-1000, 1000];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (studentCumulative(middle, degrees) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function incompleteBeta(x: number, a: number, b: number): number {
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
  for (let i = 0; i <= 400; i++) {
    const m = Math.floor(i / 2);
    const numerator =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / avoidZero(1 + numerator * d);
    c = avoidZero(1 + numerator / c);
    fraction *= c * d;
    if (Math.abs(1 - c * d) < 1e-15) break;
  }
  return front * (fraction - 1);
}

function avoidZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

const LOG_SQRT_PI = 0.5723649429247001;

/** Logarithm of the gamma function at whole and half numbers, from 1/2 or 1 upwards. */
function logGamma(value: number): number {
  let [sum, at] = value % 1 === 0 ? [0, 1] : [LOG_SQRT_PI, 0.5];
  for (; at < value - 0.25; at++) sum += naturalLogarithm(at);
  return sum;
}
