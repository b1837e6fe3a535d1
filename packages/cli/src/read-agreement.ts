import { open } from "node:fs/promises";
import { AgreementError } from "@standstill/agreement";
import { UsageError } from "./output.ts";

const MOST_BYTES = 4 << 20;

/** Reads an agreement's text; a file too large to be one is refused before it is read. */
export async function readAgreement(file: string): Promise<string> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file);
  } catch {
    throw unreadable(file);
  }
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw unreadable(file);
    if (status.size > MOST_BYTES) {
      throw new AgreementError(
        "limit-exceeded",
        `expected terms of at most ${MOST_BYTES} bytes, got a file of ${status.size}`,
        file,
      );
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

function unreadable(file: string): UsageError {
  return new UsageError(
    `expected a file, got ${file}, which cannot be read`,
    "Give the path of an agreement.",
  );
}
