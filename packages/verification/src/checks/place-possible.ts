import { inMillionths } from "@standstill/evidence";
import { type Check, type CheckResult, silent } from "../finding.ts";
import { testLocation } from "../location/round-trips.ts";
import { independently, type Subject } from "../subject.ts";
import { recordWords } from "../words/index.ts";

/** The declared place of a site against round trips that others measured, some of whom may lie. */
export const placePossible: Check = {
  id: "place-possible",
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const { place } = subject.site;
    const lying = subject.terms.yardsticks?.landmarks?.lying;
    const trips = independently(subject, "round-trip").filter(({ period }) =>
      overlaps(period, subject.period),
    );
    if (isAsked(subject) && (place === undefined || lying === undefined || trips.length <= lying))
      return { findings: [], gaps: [recordWords.placeUnshown()] };
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
    if (verdict === "possible") return silent;
    const excluding = landmarks.filter(({ excludes }) => excludes);
    const [first] = excluding as [(typeof landmarks)[number]];
    return {
      findings: [
        {
          ...recordWords.placeImpossible(
            first.landmark,
            kilometres(first.claimedMetres),
            kilometres(first.mostMetres),
            excluding.length,
          ),
          numbers: Object.fromEntries(
            excluding.map(({ landmark, claimedMetres, mostMetres }) => [
              landmark,
              `${claimedMetres} m away, at most ${mostMetres} m possible`,
            ]),
          ),
        },
      ],
      gaps: [],
    };
  },
};

/** Whether the agreement asks where accelerators are. */
function isAsked({ terms }: Subject): boolean {
  return terms.obligations.some(
    (one) => one.kind === "accelerators-registered" && one.located === true,
  );
}

function overlaps(
  a: { readonly startMs: number; readonly endMs: number },
  b: { readonly startMs: number; readonly endMs: number },
): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

function kilometres(metres: number): string {
  return `${Math.floor(metres / 1000)} km`;
}
