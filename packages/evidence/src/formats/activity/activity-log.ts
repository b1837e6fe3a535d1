import { instantSchema, nameSchema, sha256, sha256Schema, toHex, utf8 } from "@standstill/record";
import { z } from "zod";
import { EvidenceError } from "../../error.ts";
import { valueAt } from "./mapped.ts";

const text = z.string().max(200);
const whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What an accelerator did, as its operator says. */
export const ACTIVITIES = ["training", "inference", "evaluation", "idle", "other"] as const;

/**
 * One line of an activity log: what the operator says one accelerator did in one window. `previous` is the SHA-256 of the line before, so that a log that was
 * kept hourly cannot be rewritten later without it being seen.
 */
export const activityRecordSchema = z.strictObject({
  device: nameSchema,
  start: instantSchema,
  end: instantSchema,
  workload: text,
  team: text.optional(),
  region: text.optional(),
  activity: z.enum(ACTIVITIES),
  /** Floating-point operations, in decimal, since they exceed what a double tells apart. */
  flop: z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,39})$/, "expected a whole number in decimal")
    .optional(),
  tokens: whole.optional(),
  batchSize: whole.optional(),
  sequenceLength: whole.optional(),
  model: text.optional(),
  modelSha256: sha256Schema.optional(),
  datasetSha256: sha256Schema.optional(),
  codeCommit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, "expected a commit's hash")
    .optional(),
  configSha256: sha256Schema.optional(),
  precision: text.optional(),
  /** Workloads that this one continues. */
  parents: z.array(text).max(100).optional(),
  dataSources: z.array(text).max(100).optional(),
  /** A change that the operator declares, as a new phase or a restart. */
  note: z.string().max(2000).optional(),
  previous: sha256Schema.optional(),
});
/** What one accelerator did in one window. */
export type ActivityRecord = z.infer<typeof activityRecordSchema>;

/** A map of fields as somebody writes it down: our names, each with theirs. */
export const fieldMapSchema = z.partialRecord(activityRecordSchema.keyof(), z.string().min(1));
/** Names of fields in somebody else's log, by ours: `{ device: "gpu_id" }`. A name with dots goes into objects. */
export type FieldMap = Readonly<z.infer<typeof fieldMapSchema>>;

/** An activity log that was read: its records, what was set aside, and where its chain of hashes breaks. */
export interface ActivityLog {
  readonly records: readonly ActivityRecord[];
  readonly setAside: readonly { readonly line: number; readonly reason: string }[];
  /** Lines whose `previous` is not the hash of the line before. */
  readonly brokenAt: readonly number[];
}

const MOST_LINES = 10_000_000;
const MOST_TOLD = 1000;

/**
 * Reads an activity log: one JSON object a line. A line that is none, or whose window ends before it starts, is set aside with
 * its reason. With a map, logs of other systems fit.
 *
 * @example readActivityLog(text).records[0]?.activity // "training"
 */
export function readActivityLog(content: string, map: FieldMap = {}): ActivityLog {
  const lines = content.split(/\r?\n/);
  if (lines.length > MOST_LINES) {
    throw new EvidenceError("limit-exceeded", `expected at most ${MOST_LINES} lines, got more`);
  }
  const records: ActivityRecord[] = [];
  const setAside: { line: number; reason: string }[] = [];
  const brokenAt: number[] = [];
  let before: string | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = recordOf(line, map);
    if (typeof read === "string") {
      if (setAside.length < MOST_TOLD) setAside.push({ line: i + 1, reason: read });
    } else {
      if (read.previous !== undefined && before !== undefined && read.previous !== before) {
        brokenAt.push(i + 1);
      }
      records.push(read);
    }
    before = toHex(sha256(utf8(line)));
  }
  return { records, setAside, brokenAt };
}

function recordOf(line: string, map: FieldMap): ActivityRecord | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // Why it is no JSON does not matter to whoever reads why the line was set aside.
    return "expected a JSON object, got other text";
  }
  const parsed = activityRecordSchema.safeParse(mapped(json, map));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `${issue?.path.join(".") || "the record"}: ${issue?.message}`;
  }
  return parsed.data.start < parsed.data.end
    ? parsed.data
    : `expected a window that ends after it starts, got ${parsed.data.start} to ${parsed.data.end}`;
}

function mapped(json: unknown, map: FieldMap): unknown {
  const pairs = Object.entries(map);
  if (pairs.length === 0) return json;
  const found = pairs.map(([ours, theirs]) => [ours, valueAt(json, theirs)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== null));
}
