import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CHECKPOINT_PATH,
  compare,
  openTrusted,
  type Policy,
  RecordError,
  type RecordSource,
  type SplitView,
  sha256,
  toHex,
  utf8,
} from "@standstill/record";
import type { Mirror } from "./mirror.ts";

/**
 * Compares a mirror's copy with what another place shows.
 *
 * @returns evidence that convicts the log, where it signed two histories
 * @throws RecordError where the other place does not answer (`store-failed`, `store-missing`), or shows what the policy does not trust
 */
export async function compareMirror(
  { shown, source }: Mirror,
  policy: Policy,
  other: RecordSource,
): Promise<SplitView | undefined> {
  if (shown === undefined) return undefined;
  const own = { source, note: shown, ...openTrusted(shown, policy) };
  const note = await other.read(CHECKPOINT_PATH);
  if (note === undefined)
    throw new RecordError("store-missing", "expected a checkpoint there, got none");
  const { checkpoint } = openTrusted(note, policy);
  return compare(own, { source: other, note, checkpoint }, own.log);
}

/** Keeps evidence below a directory, under its own hash, and says where. */
export async function keepSplitView(directory: string, evidence: SplitView): Promise<string> {
  const text = `${JSON.stringify(evidence, null, 2)}\n`;
  const folder = join(directory, "evidence");
  const file = join(folder, `split-view-${toHex(sha256(utf8(text))).slice(0, 16)}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, text);
  return file;
}
