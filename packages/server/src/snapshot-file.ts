import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { formatSnapshot, isOfHistory, parseSnapshot, type Snapshot } from "@standstill/audit";
import { sha256, type TileTree, toHex } from "@standstill/record";
import { localDisk, writeDurably } from "@standstill/record/files";
import type { State } from "@standstill/replay";
import { rulesId } from "./rules-id.ts";

/** Entries whose replay takes long enough to be spared the next time. */
export const WORTH_A_SNAPSHOT = 1000;

/**
 * Reads a snapshot file for the rules of this program: the snapshot or why it cannot be used, with the SHA-256 of the bytes
 * that were read; nothing where no file is.
 */
export async function readSnapshot(
  path: string,
): Promise<{ readonly sha256: string; readonly snapshot: Snapshot | string } | undefined> {
  const bytes = await localDisk.read(path);
  if (bytes === undefined) return undefined;
  return { sha256: toHex(sha256(bytes)), snapshot: parseSnapshot(bytes, await rulesId()) };
}

/** Writes the state after the first entries of a log to a snapshot file; returns what was written. */
export async function writeSnapshot(
  path: string,
  state: State,
  tree: TileTree,
): Promise<Uint8Array> {
  const checkpoint = {
    origin: tree.checkpoint.origin,
    size: state.size,
    root: await tree.root(state.size),
  };
  const bytes = formatSnapshot({ program: await rulesId(), checkpoint, state });
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await writeDurably(path, bytes, folder);
  return bytes;
}

/** The state of a snapshot file if it is one of this very log, or `undefined`: then replay begins at the first entry. */
export async function stateFrom(path: string, tree: TileTree): Promise<State | undefined> {
  const snapshot = (await readSnapshot(path))?.snapshot;
  if (snapshot === undefined || typeof snapshot === "string") return undefined;
  const { origin, size } = snapshot.checkpoint;
  if (origin !== tree.checkpoint.origin || size > tree.checkpoint.size) return undefined;
  return isOfHistory(snapshot, await tree.root(size)) ? snapshot.state : undefined;
}

/** Where a keeper or a mirror keeps its snapshot below its data directory. */
export function snapshotPath(directory: string): string {
  return join(directory, "cache", "replay.snapshot");
}
