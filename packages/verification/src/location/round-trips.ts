import { leastDistanceMetres, type Place } from "./earth.ts";

/** What a landmark measured: the least time of a message to the site and back. */
export interface RoundTrip {
  readonly landmark: string;
  readonly place: Place;
  readonly microseconds: number;
}

/** Light in fibre, in metres a microsecond; half of a round trip is one way. */
const METRES_PER_MICROSECOND = 200;

/** What round trips say of a claimed place. */
export interface LocationTest {
  /** `impossible`: more landmarks exclude the claim than may lie. `possible` is no proof that the site is there. */
  readonly verdict: "possible" | "impossible";
  readonly landmarks: readonly {
    readonly landmark: string;
    /** The claim is at least so far from it. */
    readonly claimedMetres: number;
    /** And the site at most so far. */
    readonly mostMetres: number;
    readonly excludes: boolean;
  }[];
  /** The site is within so many metres of some landmark whatever so many of them say; nothing where all may lie. */
  readonly withinMetres: number | undefined;
}

/**
 * Holds a claimed place against round trips: nothing is faster than light, so a site is no further from a landmark than half of a
 * round trip times its speed in fibre. A message can be slowed and not hastened, so a delay never excludes a true claim; a
 * landmark that lies can, and so many of them may.
 *
 * @param lying how many landmarks may lie
 * @throws RangeError for times or places that are none
 */
export function testLocation(
  claim: Place,
  trips: readonly RoundTrip[],
  lying: number,
): LocationTest {
  const landmarks = trips.map(({ landmark, place, microseconds }) => {
    if (!Number.isSafeInteger(microseconds) || microseconds < 0 || microseconds > 1e10) {
      throw new RangeError(`expected whole microseconds from ${landmark}, got ${microseconds}`);
    }
    const claimedMetres = leastDistanceMetres(claim, place);
    const mostMetres = (microseconds * METRES_PER_MICROSECOND) / 2;
    return { landmark, claimedMetres, mostMetres, excludes: claimedMetres > mostMetres };
  });
  const excluding = landmarks.filter(({ excludes }) => excludes).length;
  const bounds = landmarks.map(({ mostMetres }) => mostMetres).sort((a, b) => a - b);
  return {
    verdict: excluding > lying ? "impossible" : "possible",
    landmarks,
    withinMetres: bounds[lying],
  };
}
