const PLACES = 9;

/** A number of at least 0 as decimal text with at most nine places; six digits that count. @throws RangeError for others */
export function decimalText(value: number): string {
  if (!(value >= 0 && value < 1e15))
    throw new RangeError(`expected a number from 0 to 10^15, got ${value}`);
  let places = 5;
  for (let at = value; at >= 10 && places > 0; at /= 10) places--;
  for (let at = value; at > 0 && at < 1 && places < PLACES; at *= 10) places++;
  const text = value.toFixed(places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
