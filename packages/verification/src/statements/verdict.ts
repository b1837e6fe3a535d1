import { MODES } from "@standstill/agreement";
import { instantSchema, nameSchema, sha256Schema, versionSchema } from "@standstill/record";
import { z } from "zod";
import { VERDICTS } from "../verdict.ts";

/** Characters of a text in a verdict at most. */
export const MOST_OF_TEXT = 1000;

const flop = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/);
const joules = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) J$/);
const text = z.string().max(MOST_OF_TEXT);
const verdictValue = z.enum(VERDICTS);
const amount = z.strictObject({
  low: flop,
  high: flop,
  provenance: z.enum(["reported", "measured", "calculated", "estimated"]),
  source: text,
});
const finding = z.strictObject({
  check: nameSchema,
  /** Id of the obligation that it breaks. */
  duty: nameSchema,
  severity: z.enum(["contradiction", "suspicion"]),
  about: text,
  sentence: text,
  detail: text,
  numbers: z.record(z.string(), text),
  /** Devices and time in which it can be seen; nothing where it is not in the readings. */
  where: z
    .strictObject({ devices: z.array(text).max(16), start: instantSchema, end: instantSchema })
    .nullable(),
});
const gap = z.strictObject({
  code: nameSchema,
  /** Id of the obligation of which it leaves open whether it was kept. */
  duty: nameSchema,
  sentence: text,
});
/** A stretch of the period in which what the party owed stayed the same. */
const piece = z.strictObject({
  start: instantSchema,
  end: instantSchema,
  /** Mode that bound it; nothing where none did. */
  mode: z.enum(MODES).nullable(),
  /** What its duties rest on; nothing where it had none because nothing bound it, so that the time is not judged. */
  basis: z.enum(["bound", "accounts", "ramp"]).nullable(),
  /** Hash of the terms in force. */
  terms: sha256Schema.nullable(),
});
const duty = z.strictObject({
  /** Id of its obligation. */
  id: nameSchema,
  kind: nameSchema,
  title: text,
  /** Lines that were in force, oldest first; none for obligations that draw none. */
  limits: z.array(flop),
  /** Exemptions that freed the party from it, for all of the time or some. */
  freedBy: z.array(nameSchema),
  /** Nothing where exemptions freed the party all the time. */
  verdict: verdictValue.nullable(),
  findings: z.array(finding),
  gaps: z.array(gap),
  /** Findings and gaps beyond those that fit into a statement. */
  omitted: z.int().min(0),
});

/**
 * The verdict on one closed period of one site. Evidence class `anyone`: audit recomputes it from what is on the record and beside it, and
 * compares it byte by byte.
 */
export const verdictSchema = z.strictObject({
  party: nameSchema,
  site: nameSchema,
  /** Id of the `period/report` that is judged. */
  report: sha256Schema,
  evidenceClass: z.literal("anyone"),
  /** Any on record: whoever recomputes it has to have the method. */
  method: z.strictObject({ name: nameSchema, version: versionSchema }),
  scope: z.literal("declared sites only"),
  /** Hash of the terms that say how compute is measured. */
  terms: sha256Schema,
  /** The period in pieces where what the party owed changed, the newest where they are too many. */
  pieces: z.array(piece),
  piecesOmitted: z.int().min(0),
  /** Nothing where the party owed nothing, so that nothing was judged. */
  verdict: verdictValue.nullable(),
  /** Why nothing was judged, or not all of the period. */
  notJudged: text.nullable(),
  correct: z.enum(["consistent", "contradicted"]).nullable(),
  complete: z.enum(["shown", "not-shown"]).nullable(),
  duties: z.array(duty),
  account: z.strictObject({
    capacity: amount,
    measured: amount,
    /** What each kind of feed alone says, and what it rests on. */
    measures: z
      .array(
        amount.extend({
          from: z.enum(["energy", "counters", "meter", "accounting"]),
          owner: z.enum(["operator", "independent"]),
          restsOn: z.array(nameSchema).max(8),
        }),
      )
      .max(8),
    measuresAgree: z.boolean(),
    declared: amount,
    /** The least undeclared work that arithmetic alone would show, beside what matters. */
    leastDetectable: flop.nullable(),
    significantQuantity: flop,
    unexplained: z.strictObject({ low: flop, high: flop }),
    energy: joules.nullable(),
    explainedEnergy: joules.nullable(),
    missingWindows: z.strictObject({ missing: z.int().min(0), all: z.int().min(0) }),
  }),
  assurance: z.array(
    z.strictObject({
      evasion: nameSchema,
      adversary: nameSchema,
      probability: z
        .strictObject({
          low: z.int().min(0).max(10_000),
          high: z.int().min(0).max(10_000),
          unit: z.literal("1/10000"),
        })
        .nullable(),
      worst: z
        .strictObject({
          nodes: z.int(),
          windows: z.int(),
          detected: z.int().min(0),
          trials: z.int().min(1),
        })
        .nullable(),
    }),
  ),
});

/** The verdict on one closed period of one site. */
export type Verdict = z.infer<typeof verdictSchema>;
