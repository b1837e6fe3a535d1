import { inMillionths } from "@standstill/evidence";
import { contradiction, type DutyCheck, gap, silent } from "../finding.ts";
import { testLocation } from "../location/round-trips.ts";
import { independently } from "../subject.ts";
import { recordWords } from "../words/index.ts";

/** The declared place of a site against round trips that others measured, some of whom may lie. */
export const placePossible: DutyCheck = {
  id: "place-possible",
  of: "duty",
  serves: ["accelerators-registered"],
  needs: [],
  accuses: true,
  run: ({ stretches }, subject) => {
    const { place } = subject.site;
    const lying = subject.terms.yardsticks?.landmarks?.lying;
    const trips = independently(subject, "round-trip").filter(({ period }) =>
      overlaps(period, subject.period),
    );
    const isAsked = stretches.some(
      ({ duty: { obligation } }) =>
        obligation.kind === "accelerators-registered" && obligation.located === true,
    );
    if (isAsked && (place === undefined || lying === undefined || trips.length <= lying))
      return { findings: [], gaps: [gap("place-unshown", recordWords.placeUnshown())] };
    if (place === undefined || lying === undefined) return silent;
    const { verdict, landmarks } = testLocation(
      inMillionths(place),
      trips.map(({ by, measured }) => ({
        landmark: `${measured.landmark} of ${by}`,
        place: inMillionths(measured.place),
        microseconds: measured.microseconds,
      })),
      lying,
    );
    const excluding = landmarks.filter(({ excludes }) => excludes);
    const [first] = excluding;
    if (verdict === "possible" || first === undefined) return silent;
    const words = recordWords.placeImpossible(
      first.landmark,
      kilometres(first.claimedMetres),
      kilometres(first.mostMetres),
      excluding.length,
    );
    const numbers = Object.fromEntries(
      excluding.map(({ landmark, claimedMetres, mostMetres }) => [
        landmark,
        `${claimedMetres} m away, at most ${mostMetres} m possible`,
      ]),
    );
    return { findings: [contradiction("site", words, { numbers })], gaps: [] };
  },
};

function overlaps(
  a: { readonly startMs: number; readonly endMs: number },
  b: { readonly startMs: number; readonly endMs: number },
): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

function kilometres(metres: number): string {
  return `${Math.floor(metres / 1000)} km`;
}
