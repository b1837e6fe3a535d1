import {
  checkEvidenceFile,
  checkProofFile,
  isEvidenceFile,
  parsePolicy,
  provenWords,
  RecordError,
} from "@standstill/record";

/** A proof or evidence that somebody was handed, and the entry that a proof is about. */
export interface HandedFiles {
  readonly proof: Blob;
  readonly entry: Blob | undefined;
}

/** Checks files that somebody was handed, and says in words what they prove or why they prove nothing. */
export async function checkFiles({ proof, entry }: HandedFiles, policy: string): Promise<string> {
  if (policy.trim() === "") {
    return "Not checked: expected a policy, got none. A proof says something only about a log whose key you know.";
  }
  try {
    const trusted = parsePolicy(policy);
    const file = await bytesOf(proof);
    if (isEvidenceFile(file)) return provenWords(checkEvidenceFile(file, trusted));
    if (entry === undefined) return "Not checked: expected the entry beside its proof, got none.";
    return provenWords(checkProofFile(file, await bytesOf(entry), trusted));
  } catch (error) {
    if (error instanceof RecordError) return `Not proven: ${error.message}.`;
    throw error;
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
