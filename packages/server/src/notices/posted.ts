import { RecordError } from "@standstill/record";
import { readIfThere } from "@standstill/record/files";
import { z } from "zod";

/** What was posted: everything known before an entry of the record, and of what is known from it on, the notices that are listed. */
export interface Posted {
  readonly before: number;
  readonly since: readonly string[];
}

const schema = z.strictObject({ before: z.int().min(0), since: z.array(z.string()) });

/**
 * What a file notes of what was posted; nothing where there is no file yet.
 *
 * @throws RecordError (`malformed-json`) where the file says something else: what is not known to be posted must not be posted again
 */
export async function readPosted(path: string): Promise<Posted | undefined> {
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const noted = schema.safeParse(parsed(bytes));
  if (noted.success) return noted.data;
  throw new RecordError(
    "malformed-json",
    "expected what was posted as this program notes it, got something else; give the file that it wrote, or a new one",
    { place: path },
  );
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The schema refuses it.
    return undefined;
  }
}
