import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  AgreementError,
  type Condition,
  conditionSchema,
  type Draft,
  INDICATOR_NAMES,
  MODES,
  type Mode,
  parseDraft,
} from "@standstill/agreement";
import { type Bundle, readBundle } from "@standstill/evidence/bundle";
import { parse } from "yaml";
import { z } from "zod";

const pledgesSchema = z.array(
  z.strictObject({ party: z.string(), mode: z.enum(MODES), while: conditionSchema }),
);

const period = z.strictObject({ from: z.string(), to: z.string() });
const indicatorsSchema = z.strictObject({
  claims: z.array(
    z.strictObject({
      party: z.string(),
      indicator: z.enum(INDICATOR_NAMES),
      period,
      value: z.string(),
      says: z.enum(["exactly", "at-least", "at-most"]),
      words: z.string(),
      source: z.string(),
    }),
  ),
  measurements: z.array(
    z.strictObject({
      by: z.string(),
      subject: z.string(),
      rows: z.string(),
      period,
      measure: z.enum(["oversight", "closure"]),
      indicators: z.array(z.enum(INDICATOR_NAMES)).min(1),
    }),
  ),
});

/** What invented parties claim of themselves, and what is measured from invented rows. */
export interface PlannedIndicators {
  readonly claims: z.infer<typeof indicatorsSchema>["claims"];
  readonly measurements: readonly (Omit<
    z.infer<typeof indicatorsSchema>["measurements"][number],
    "rows"
  > & { readonly text: string })[];
}

/** A pledge that an invented party will make. */
export interface PlannedPledge {
  readonly party: string;
  readonly mode: Mode;
  readonly while: Condition;
}

/** An agreement with invented parties who act it out on recorded readings. */
export interface Example {
  readonly draft: Draft;
  readonly pledges: readonly PlannedPledge[];
  readonly bundles: readonly Bundle[];
  /** Published data that the keeper measures an indicator from. */
  readonly indicator: { readonly text: string; readonly source: string; readonly from: string };
  readonly indicators: PlannedIndicators;
}

/** Reads `example.yaml`, and beside it in `example/` pledges, indicators and one bundle for each party. */
export async function readExample(agreements: string): Promise<Example> {
  const draft = parseDraft(await readFile(join(agreements, "example.yaml"), "utf8"));
  const path = join(agreements, "example", "pledges.yaml");
  const pledges = pledgesSchema.safeParse(
    parse(await readFile(path, "utf8"), { maxAliasCount: 0 }),
  );
  if (!pledges.success) throw new AgreementError("malformed-terms", pledges.error.message, path);
  const bundles: Bundle[] = [];
  for (const { id } of draft.parties)
    bundles.push(await readBundle(join(agreements, "example", id)));
  const indicator = {
    text: await readFile(join(agreements, "..", "data", "epoch", "training_compute.csv"), "utf8"),
    source: "Epoch AI, notable AI models, training compute; CC BY 4.0",
    from: "2018-01-01",
  };
  const indicators = await readIndicators(join(agreements, "example"));
  return { draft, pledges: pledges.data, bundles, indicator, indicators };
}

async function readIndicators(directory: string): Promise<PlannedIndicators> {
  const path = join(directory, "indicators.yaml");
  const planned = indicatorsSchema.safeParse(
    parse(await readFile(path, "utf8"), { maxAliasCount: 0 }),
  );
  if (!planned.success) throw new AgreementError("malformed-terms", planned.error.message, path);
  const measurements = await Promise.all(
    planned.data.measurements.map(async ({ rows, ...rest }) => ({
      ...rest,
      text: await readFile(join(directory, "indicators", rows), "utf8"),
    })),
  );
  return { claims: planned.data.claims, measurements };
}
