/**
 * A two-sided 95 % interval for a probability of which `successes` of `trials` were seen (Clopper and Pearson, 1934),
 * in ten-thousandths, rounded outward. Only + - * / are used, so every machine gives the same.
 *
 * @example confidenceInterval(0, 100) // { low: 0, high: 363 }
 */
export function confidenceInterval(
  successes: number,
  trials: number,
): { low: number; high: number } {
  const tail = 0.025;
  const low = successes === 0 ? 0 : bisect((p) => upperTail(successes, trials, p) >= tail);
  const high =
    successes === trials ? 1 : bisect((p) => 1 - upperTail(successes + 1, trials, p) <= tail);
  return { low: Math.floor(low * 10_000), high: Math.ceil(high * 10_000) };
}

/** The smallest probability at which a condition that only turns true once is true. */
function bisect(holds: (probability: number) => boolean): number {
  let below = 0;
  let above = 1;
  for (let i = 0; i < 50; i++) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** Probability of `least` or more successes in `trials` draws. */
function upperTail(least: number, trials: number, probability: number): number {
  let sum = 0;
  let coefficient = 1;
  for (let k = trials; k >= least; k--) {
    sum += coefficient * power(probability, k) * power(1 - probability, trials - k);
    coefficient = (coefficient * k) / (trials - k + 1);
  }
  return sum;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
