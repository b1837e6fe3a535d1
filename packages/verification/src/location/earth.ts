import { there } from "@standstill/record";
/** A place on the Earth, in millionths of a degree, north and east positive. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Smallest radius of the Earth in metres (WGS 84, semi-minor axis): distances are not overstated. */
const RADIUS_METRES = 6_356_752;
const { PI } = Math;

/**
 * Metres that lie between two places at the least: the straight line through the Earth at its smallest radius. Sums, products and roots
 * only, so that every engine gives the same.
 *
 * @throws RangeError for what is no place
 */
export function leastDistanceMetres(a: Place, b: Place): number {
  const [one, other] = [unitVector(a), unitVector(b)];
  let squares = 0;
  for (let i = 0; i < 3; i++) {
    const difference = there(one[i]) - there(other[i]);
    squares += difference * difference;
  }
  return Math.floor(RADIUS_METRES * Math.sqrt(squares));
}

function unitVector({ latitude, longitude }: Place): readonly number[] {
  for (const [value, most] of [
    [latitude, 90_000_000],
    [longitude, 180_000_000],
  ] as const) {
    if (!Number.isSafeInteger(value) || Math.abs(value) > most) {
      throw new RangeError(`expected millionths of a degree up to ${most}, got ${value}`);
    }
  }
  const [phi, lambda] = [(latitude / 180_000_000) * PI, (longitude / 180_000_000) * PI];
  const flat = cosine(phi);
  return [flat * cosine(lambda), flat * sine(lambda), sine(phi)];
}

/** The sine of an angle between plus and minus pi, by its power series around the nearest quarter: engines differ in their own. */
function sine(x: number): number {
  if (x > PI / 2) return sine(PI - x);
  if (x < -PI / 2) return sine(-PI - x);
  let [term, sum] = [x, x];
  for (let n = 2; n <= 28; n += 2) {
    term *= (-x * x) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

function cosine(x: number): number {
  return x < 0 ? sine(x + PI / 2) : sine(PI / 2 - x);
}
