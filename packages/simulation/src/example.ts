import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  AgreementError,
  type Condition,
  conditionSchema,
  type Draft,
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
}

/** Reads `example.yaml`, and beside it `example/pledges.yaml` and one bundle for each party. */
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
  return { draft, pledges: pledges.data, bundles, indicator };
}
