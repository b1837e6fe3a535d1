/** A number to a whole power from 0 on, by repeated multiplication: `Math.pow` and `**` may differ between machines. */
export function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
