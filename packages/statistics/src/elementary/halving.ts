/**
 * The least number between two at which a condition holds that is false below it and true above, by halving; the condition is not asked
 * at the ends. Sixty steps leave nothing between neighbouring doubles around 1.
 */
export function leastWhere(
  low: number,
  high: number,
  holds: (value: number) => boolean,
  steps = 60,
): number {
  let [below, above] = [low, high];
  for (let step = 0; step < steps; step++) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
