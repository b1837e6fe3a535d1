import { leastDistanceMetres, type Place, testLocation } from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const at = (latitude: number, longitude: number): Place => ({
  latitude: Math.round(latitude * 1e6),
  longitude: Math.round(longitude * 1e6),
});
const FRANKFURT = at(50.11, 8.68);
const place = fc
  .tuple(
    fc.integer({ min: -90_000_000, max: 90_000_000 }),
    fc.integer({ min: -180_000_000, max: 180_000_000 }),
  )
  .map(([latitude, longitude]) => ({ latitude, longitude }));
/** Great circle by the engine's own functions, at the largest radius: no straight line is longer. */
const surface = (a: Place, b: Place) => {
  const [p, q, d] = [a.latitude, b.latitude, b.longitude - a.longitude].map(
    (x) => (x / 180e6) * Math.PI,
  ) as [number, number, number];
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(d / 2) ** 2;
  return 2 * 6_378_137 * Math.asin(Math.min(1, Math.sqrt(h)));
};

describe("distances", () => {
  it("are never more than along the surface, and hardly less where places are near", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [least, along] = [leastDistanceMetres(a, b), surface(a, b)];
        expect(least).toBeLessThanOrEqual(along + 1);
        const chord = 2 * 6_356_752 * Math.sin(along / 2 / 6_378_137);
        expect(Math.abs(least - chord)).toBeLessThan(2 + chord * 1e-9);
        expect(leastDistanceMetres(b, a)).toBe(least);
      }),
    );
    expect(leastDistanceMetres(FRANKFURT, FRANKFURT)).toBe(0);
    expect(() => leastDistanceMetres(FRANKFURT, { latitude: 91e6, longitude: 0 })).toThrow(
      RangeError,
    );
  });
});

describe("round trips bound where a site can be", () => {
  it.each([
    [1, 100],
    [5, 500],
    [10, 1000],
    [50, 5000],
  ])(
    "a round trip of %i ms means at most %i km, at 200 km a millisecond",
    (milliseconds, kilometres) => {
      const trip = { landmark: "one", place: FRANKFURT, microseconds: milliseconds * 1000 };
      const found = testLocation(FRANKFURT, [trip], 0);
      expect(found.withinMetres).toBe(kilometres * 1000);
      expect(found.verdict).toBe("possible");
    },
  );

  it("a site that claims Frankfurt and answers in 20 ms from Singapore is not there", () => {
    const singapore = { landmark: "singapore", place: at(1.35, 103.82), microseconds: 20_000 };
    const near = { landmark: "near", place: at(50, 8), microseconds: 2000 };
    expect(testLocation(FRANKFURT, [singapore], 0).verdict).toBe("impossible");
    expect(testLocation(FRANKFURT, [singapore, near], 1).verdict).toBe("possible");
    expect(testLocation(FRANKFURT, [singapore, { ...singapore, landmark: "two" }], 1).verdict).toBe(
      "impossible",
    );
  });

  it("whatever so many liars say and however messages are slowed, a true claim stays possible", () => {
    const landmark = fc.tuple(place, fc.nat(1_000_000));
    fc.assert(
      fc.property(
        place,
        fc.array(landmark, { maxLength: 8 }),
        fc.array(landmark, { maxLength: 3 }),
        (site, honest, liars) => {
          const trips = [
            ...honest.map(([where, delay], i) => ({
              landmark: `honest-${i}`,
              place: where,
              microseconds: Math.ceil((surface(site, where) * 2) / 200) + delay,
            })),
            ...liars.map(([where, microseconds], i) => ({
              landmark: `liar-${i}`,
              place: where,
              microseconds,
            })),
          ];
          expect(testLocation(site, trips, liars.length).verdict).toBe("possible");
        },
      ),
    );
  });

  it("times that are none are refused", () => {
    for (const microseconds of [-1, Number.NaN, 1.5, 1e12]) {
      expect(() =>
        testLocation(FRANKFURT, [{ landmark: "x", place: FRANKFURT, microseconds }], 0),
      ).toThrow(RangeError);
    }
    expect(testLocation(FRANKFURT, [], 0)).toEqual({
      verdict: "possible",
      landmarks: [],
      withinMetres: undefined,
    });
  });
});
