/** Places and weights by which the integral of a smooth function over a length is a sum (Gauss and Legendre's rule). */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** The rule with so many nodes from nought to a length: roots of Legendre's polynomial, by Newton's method from a near guess. */
export function gaussLegendre(points: number, length: number): Quadrature {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let x = cosine((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, value] = [1, x];
      for (let n = 2; n <= points; n++) {
        [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
      }
      slope = (points * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = (length * (x + 1)) / 2;
    weights[i] = length / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Cosine of an angle from nought to π, near enough to begin from: `Math.cos` may differ between machines. */
function cosine(angle: number): number {
  let [sum, term] = [1, 1];
  for (let n = 2; n <= 40; n += 2) {
    term *= -(angle * angle) / (n * (n - 1));
    sum += term;
  }
  return sum;
}
