import { canonicalJson, RecordError } from "@standstill/record";
import { AgreementError } from "../error.ts";
import { contradictionsIn } from "../terms/contradictions/check.ts";
import { type Draft, draftSchema } from "../terms/terms.ts";
import type { Locate } from "./positions.ts";
import { placeOf, readTermsFile } from "./terms-file.ts";

const MAX_BYTES = 1 << 20;

/**
 * Parses terms as people write them, YAML or JSON, without keys. Amounts may be written as `2e21 FLOP`. An error names
 * the field and its line. Aliases are refused, so that a small file cannot grow into a large one.
 */
export function parseDraft(text: string): Draft {
  return parseLocatedDraft(text).draft;
}

/** The same, with a finder for where each field stands. */
export function parseLocatedDraft(text: string): {
  readonly draft: Draft;
  readonly locate: Locate;
} {
  const { value: draft, locate } = readTermsFile(text, draftSchema, MAX_BYTES);
  checkWritable(draft);
  for (const { path, message } of contradictionsIn(draft))
    throw new AgreementError("contradictory-terms", message, placeOf(path, locate));
  return { draft, locate };
}

/** What canonical JSON cannot write could never be hashed, nor put on a record. */
function checkWritable(draft: Draft): void {
  try {
    canonicalJson(draft);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new AgreementError("limit-exceeded", error.message, "the terms (line 1, column 1)");
  }
}
