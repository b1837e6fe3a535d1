import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AgreementError, parseDraft } from "@standstill/agreement";
import { type Bundle, readBundle } from "@standstill/evidence/bundle";
import { parse } from "yaml";
import type { z } from "zod";
import {
  type Example,
  indicatorsSchema,
  type PlannedIndicators,
  pledgesSchema,
} from "../example.ts";

/** Reads `example.yaml`, and beside it in `example/` pledges, indicators and one bundle for each party. */
export async function readExample(agreements: string): Promise<Example> {
  const draft = parseDraft(await readFile(join(agreements, "example.yaml"), "utf8"));
  const pledges = await readYaml(join(agreements, "example", "pledges.yaml"), pledgesSchema);
  const bundles: Bundle[] = [];
  for (const { id } of draft.parties)
    bundles.push(await readBundle(join(agreements, "example", id)));
  const indicator = {
    text: await readFile(join(agreements, "..", "data", "epoch", "training_compute.csv"), "utf8"),
    source: "Epoch AI, notable AI models, training compute; CC BY 4.0",
    from: "2018-01-01",
  };
  const indicators = await readIndicators(join(agreements, "example"));
  return { draft, pledges, bundles, indicator, indicators };
}

async function readIndicators(directory: string): Promise<PlannedIndicators> {
  const planned = await readYaml(join(directory, "indicators.yaml"), indicatorsSchema);
  const measurements = await Promise.all(
    planned.measurements.map(async ({ rows, ...rest }) => ({
      ...rest,
      text: await readFile(join(directory, "indicators", rows), "utf8"),
    })),
  );
  return { claims: planned.claims, measurements };
}

async function readYaml<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  const parsed = schema.safeParse(parse(await readFile(path, "utf8"), { maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  throw new AgreementError("malformed-terms", parsed.error.message, path);
}
