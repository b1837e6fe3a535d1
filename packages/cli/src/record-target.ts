import { join } from "node:path";
import { audit } from "@standstill/audit";
import { httpSource, type Policy, type RecordSource, type TileTree } from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import type { State } from "@standstill/replay";
import { UsageError } from "./output.ts";

/** A data directory, its `record/`, or the address of either. */
export async function sourceOf(target: string): Promise<RecordSource> {
  const isUrl = /^https?:\/\//.test(target);
  const open = isUrl ? httpSource : directorySource;
  const below = isUrl ? `${target.replace(/\/+$/, "")}/record` : join(target, "record");
  const nested = open(below);
  if ((await nested.read("checkpoint")) !== undefined) return nested;
  const direct = open(target);
  if ((await direct.read("checkpoint")) !== undefined) return direct;
  // A record whose checkpoint is gone is truncated; a place without any record is a slip of the user.
  if (!isUrl && (await isRecordDirectory(below))) return nested;
  throw new UsageError(
    `expected a record in ${target}, got none`,
    "Name the directory given to --data, or the address of a server.",
  );
}

async function isRecordDirectory(path: string): Promise<boolean> {
  try {
    return (await directorySource(path).list()).length > 0;
  } catch {
    // Not a directory at all.
    return false;
  }
}

/** The state of a record whose signatures and tree verify, by a policy where one is given; verdicts are taken as published. */
export async function stateOf(target: string, policy?: Policy): Promise<State> {
  return (await recordOf(target, policy)).state;
}

/** The same, with the tree that holds the entries it was replayed from. */
export async function recordOf(
  target: string,
  policy?: Policy,
): Promise<{ readonly state: State; readonly tree: TileTree }> {
  let found: { readonly state: State; readonly tree: TileTree } | undefined;
  const report = await audit(await sourceOf(target), {
    recompute: false,
    ...(policy === undefined ? {} : { policy }),
    onState: (state, { tree }) => {
      found = { state, tree };
    },
  });
  if (found !== undefined) return found;
  throw new UsageError(
    `expected a record that verifies, got one that does not: ${report.message}`,
    `Run standstill audit ${target} to see what is wrong.`,
  );
}
