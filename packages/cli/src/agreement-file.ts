import { open } from "node:fs/promises";
import { AgreementError, type Draft, parseDraft } from "@standstill/agreement";
import { EvidenceError } from "@standstill/evidence";
import type { NamedFile } from "./command/format.ts";
import { UsageError } from "./output.ts";

/** Largest file that is read as an agreement. */
const MOST_BYTES = 4 << 20;

/** Text of an agreement; a file too large to be one is refused before it is read. */
export async function agreementTextOf({ path, option }: NamedFile): Promise<string> {
  const handle = await open(path);
  try {
    const status = await handle.stat();
    if (!status.isFile()) {
      throw new UsageError(
        `expected a file for ${option}, got ${path}, which is none`,
        "Give the path of an agreement.",
      );
    }
    if (status.size > MOST_BYTES) {
      throw new AgreementError(
        "limit-exceeded",
        `expected terms of at most ${MOST_BYTES} bytes, got a file of ${status.size}`,
        path,
      );
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** An agreement in a file, parsed. */
export async function draftIn(file: NamedFile): Promise<Draft> {
  const content = await agreementTextOf(file);
  return inFile(file.path, () => parseDraft(content));
}

/** Does work on a file's content; errors about an agreement or a table are told with the file's name. */
export function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const placed = (place: string | undefined) =>
      place === undefined ? file : `${file}, ${place}`;
    if (error instanceof AgreementError)
      throw new AgreementError(error.code, error.message, placed(error.place));
    if (error instanceof EvidenceError)
      throw new EvidenceError(error.code, error.message, {
        place: placed(error.place),
        cause: error,
      });
    throw error;
  }
}
