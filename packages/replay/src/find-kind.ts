import { RecordError, type Refusal, refuse, versionSchema, wordsInEntry } from "@standstill/record";
import { z } from "zod";
import type { StatementKind } from "./statement-kind.ts";
import { statementKinds } from "./statement-kinds.ts";

/** What says by which schema a statement is to be read. */
export interface Named {
  readonly type: string;
  readonly version: string | number;
}

const versionsByType = new Map<string, Map<Named["version"], StatementKind>>();
for (const kind of statementKinds) {
  const versions = versionsByType.get(kind.type) ?? new Map<Named["version"], StatementKind>();
  versionsByType.set(kind.type, versions.set(kind.version, kind));
}

/** The kind of a statement, by type and version; refused (`unknown-type`, `unknown-version`) where this program knows none. */
export function findKind({ type, version }: Named): StatementKind | Refusal {
  const versions = versionsByType.get(type);
  if (versions === undefined)
    return refuse("unknown-type", `expected a known type of statement, got "${type}"`);
  return (
    versions.get(version) ??
    refuse(
      "unknown-version",
      `expected ${type} in version ${[...versions.keys()].join(" or ")}, got ${JSON.stringify(version)}`,
    )
  );
}

/** Whether a refusal says that this program does not know the version of a statement, and nothing about whoever said or kept it. */
export function isUnknownVersion({ refused }: Refusal): boolean {
  return refused === "unknown-type" || refused === "unknown-version";
}

/** Type and version of an entry that is no statement as this program knows them; nothing where it tells none. */
export function namedIn(entry: Uint8Array): Named | undefined {
  try {
    const named = namedSchema.safeParse(wordsInEntry(entry));
    return named.success ? named.data : undefined;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return undefined;
  }
}

const namedSchema = z.looseObject({ type: z.string().max(100), version: versionSchema });
