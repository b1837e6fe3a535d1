/**
 * The normal distribution's cumulative probability, to about 1e-14: a power series near nought, a continued fraction in the
 * tails (Abramowitz and Stegun, 26.2.11 and 26.2.14). For design, not for judgement: it uses the engine's exponential.
 */
export function normalCumulative(x: number): number {
  const size = Math.abs(x);
  if (size > 38) return x > 0 ? 1 : 0;
  const density = Math.exp(-(size * size) / 2) / Math.sqrt(2 * Math.PI);
  if (size < 5) {
    let [sum, term] = [size, size];
    for (let n = 3; Math.abs(term) > 1e-17 * sum && n < 400; n += 2) {
      term *= (size * size) / n;
      sum += term;
    }
    const half = density * sum;
    return x > 0 ? 0.5 + half : 0.5 - half;
  }
  let fraction = size;
  for (let n = 60; n >= 1; n--) fraction = size + n / fraction;
  return x > 0 ? 1 - density / fraction : density / fraction;
}

/** The value below which a share of the normal distribution lies, by bisection. */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`expected a share between 0 and 1, got ${share}`);
  }
  let [low, high] = [-38, 38];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
