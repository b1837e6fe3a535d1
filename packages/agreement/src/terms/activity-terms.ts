import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { readTermsFile } from "../draft/terms-file.ts";
import { AgreementError } from "../error.ts";
import { activitySchema, logInstantSchema, logRules } from "./logs.ts";

const text = z.string().min(1).max(200);

/** Compute limits and what is allowed, so that activity logs alone can be judged: the section of terms on logs, with the time, devices and limits that an agreement has from elsewhere. */
export const activityTermsSchema = z
  .strictObject({
    /** What the log must cover: every listed device for all of the time between. */
    window: z.strictObject({
      start: logInstantSchema,
      end: logInstantSchema,
      /** Longest window that one record may tell of. */
      longestRecordSeconds: z.int().min(1).optional(),
    }),
    devices: z
      .array(
        z.strictObject({
          /** A name, or many: `node-{01..64}/gpu-{0..7}` stands for 512. */
          device: text,
          /** Dense peak by precision. A record that says no precision, or another, may have reached the highest. */
          peak: z.record(text, quantitySchema("FLOP/s")),
          region: text.optional(),
        }),
      )
      .min(1)
      .max(1_000_000)
      .readonly(),
    limits: z
      .array(
        z.strictObject({
          id: text,
          /** One logical run with all it rests on, or all records together. */
          per: z.enum(["logical-run", "total"]),
          /** Activities that count; all of them if not given. */
          activities: z.array(activitySchema).min(1).readonly().optional(),
          flop: quantitySchema("FLOP"),
        }),
      )
      .max(1000)
      .readonly(),
    ...logRules,
  })
  .refine(({ window }) => Date.parse(window.start) < Date.parse(window.end), {
    path: ["window", "end"],
    message: "expected an end after the start",
  });
/** Terms for activity logs. */
export type ActivityTerms = z.infer<typeof activityTermsSchema>;

/** What logs of some devices and some time are held to, limits apart. */
export type LogTerms = Omit<ActivityTerms, "limits">;

const MOST_CHARACTERS = 64 << 20;
const MOST_DEVICES = 1_000_000;

/**
 * Parses terms for activity logs, YAML or JSON. Ranges in the names of devices are written out.
 *
 * @throws AgreementError with the field and its line
 */
export function parseActivityTerms(text: string): ActivityTerms {
  const { value } = readTermsFile(text, activityTermsSchema, MOST_CHARACTERS);
  const devices: ActivityTerms["devices"][number][] = [];
  for (const { device, ...rest } of value.devices) {
    for (const name of namesOf(device)) {
      if (devices.length === MOST_DEVICES) {
        const message = `expected at most ${MOST_DEVICES} devices, got more`;
        throw new AgreementError("limit-exceeded", message, "devices");
      }
      devices.push({ device: name, ...rest });
    }
  }
  const twice = new Set<string>();
  for (const { device } of devices) {
    if (twice.has(device)) {
      const message = `expected each device once, got ${device} twice`;
      throw new AgreementError("contradictory-terms", message, "devices");
    }
    twice.add(device);
  }
  return { ...value, devices };
}

/** Names that a name with ranges as `{01..64}` stands for. */
function* namesOf(text: string): Generator<string> {
  const match = /^(.*?)\{(\d{1,6})\.\.(\d{1,6})\}(.*)$/.exec(text);
  if (match === null) {
    yield text;
    return;
  }
  const [, before = "", first = "", last = "", after = ""] = match;
  for (let n = Number(first); n <= Number(last); n++) {
    yield* namesOf(`${before}${String(n).padStart(first.length, "0")}${after}`);
  }
}
