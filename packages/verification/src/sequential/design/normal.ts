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
