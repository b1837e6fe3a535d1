import { type LocationTest, type Place, testLocation } from "@standstill/verification";
import { z } from "zod";
import { defineCommand } from "../command/define.ts";
import { file } from "../command/format.ts";
import { needed } from "../command/input.ts";
import { contentAs } from "../named-file.ts";
import { table } from "../output.ts";

const place = { latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) };
const fileSchema = z.strictObject({
  claim: z.strictObject(place),
  /** How many landmarks may lie. */
  lying: z.int().min(0).max(1000),
  trips: z
    .array(
      z.strictObject({
        landmark: z.string().min(1).max(120),
        ...place,
        /** Least time of a message there and back. */
        microseconds: z.int().min(0).max(10_000_000_000),
      }),
    )
    .min(1)
    .max(10_000),
});

/** `standstill locate`: whether a site can be where it says, from round trips that landmarks measured. */
export const command = defineCommand({
  summary: "Hold a site's claimed place against round trips that landmarks measured",
  arguments: { file: needed("<file>", "the claim and the round trips, as YAML or JSON", file) },
  examples: ["standstill locate trips.yaml", "standstill locate trips.yaml --json"],
  exits: { findings: "the site is not where it says" },
  action: async ({ file }, terminal) => {
    const { claim, lying, trips } = await contentAs(
      file,
      fileSchema,
      "a claim and round trips",
      "Give claim, lying, and trips with landmark, latitude, longitude and microseconds; docs/verification.md has an example.",
    );
    const test = testLocation(
      placeOf(claim),
      trips.map((trip) => ({ ...trip, place: placeOf(trip) })),
      lying,
    );
    terminal.answer(test, () => describe(test, lying));
    return test.verdict === "impossible" ? "findings" : "ok";
  },
});

/** Degrees, as people write them, in millionths. */
function placeOf({ latitude, longitude }: { latitude: number; longitude: number }): Place {
  return { latitude: Math.round(latitude * 1e6), longitude: Math.round(longitude * 1e6) };
}

function describe({ verdict, landmarks, withinMetres }: LocationTest, lying: number): string {
  const excluding = landmarks.filter(({ excludes }) => excludes).length;
  const within =
    withinMetres === undefined
      ? "All landmarks may lie, so nothing is known of where it is."
      : `Unless more than ${lying} lie, it is within ${kilometres(withinMetres)} km of a landmark.`;
  return [
    verdict === "impossible"
      ? `The site is not where it says: ${excluding} landmarks exclude it, and at most ${lying} may lie.`
      : `The site can be where it says: ${excluding} landmarks exclude it, and ${lying} may lie. That is no proof that it is there.`,
    within,
    "",
    table(
      ["landmark", "claimed, at least km", "possible, at most km", "excludes"],
      landmarks.map(({ landmark, claimedMetres, mostMetres, excludes }) => [
        landmark,
        kilometres(claimedMetres),
        kilometres(mostMetres),
        excludes ? "yes" : "no",
      ]),
    ),
  ].join("\n");
}

function kilometres(metres: number): string {
  return String(Math.round(metres / 1000));
}
