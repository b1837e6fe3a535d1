import { RecordError } from "../error.ts";
import { concatBytes, utf8 } from "../formats/encoding.ts";
import { openNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";

/** A witness as a log sees it: gets a signed checkpoint and proofs of growth, answers with its cosignature line. */
export interface Cosigner {
  readonly verifier: NoteVerifier;
  /**
   * @param proofFrom the consistency proof from the size that the witness saw last
   * @returns one or more signature lines, each with its newline
   */
  cosign(note: Uint8Array, proofFrom: (size: number) => Promise<Uint8Array[]>): Promise<string>;
}

/** Which cosignatures a checkpoint needs before it is shown. */
export interface Witnessing {
  readonly cosigners: readonly Cosigner[];
  /** Whether the cosignatures of these keys are enough. */
  readonly isQuorum: (keys: readonly NoteVerifier[]) => boolean;
  /** How long to wait for the others once there are enough, in milliseconds. */
  readonly patienceMs?: number;
  /** How long to wait for anyone at all, in milliseconds. */
  readonly timeoutMs?: number;
}

/** What came of asking: lines by witness, and why the others have none. */
export interface Collected {
  readonly lines: ReadonlyMap<string, string>;
  readonly missing: ReadonlyMap<string, string>;
  readonly isQuorum: boolean;
}

/**
 * Asks every witness at once. Ends when all have answered, or when there is a quorum and the patience for the others is
 * over, or at the timeout. A line that does not verify counts as none.
 *
 * @param known lines that are at hand already; their witnesses are not asked again
 */
export async function collectCosignatures(
  note: Uint8Array,
  witnessing: Witnessing,
  proofFrom: (size: number) => Promise<Uint8Array[]>,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<Collected> {
  const { cosigners, isQuorum, patienceMs = 500, timeoutMs = 5000 } = witnessing;
  const lines = new Map(known);
  const missing = new Map<string, string>();
  const enough = () =>
    isQuorum(cosigners.map((c) => c.verifier).filter(({ name }) => lines.has(name)));
  await new Promise<void>((end) => {
    const asked = cosigners.filter(({ verifier }) => !lines.has(verifier.name));
    let open = asked.length;
    if (open === 0) return end();
    const timer = setTimeout(end, timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      end();
    };
    let patience: NodeJS.Timeout | undefined;
    for (const cosigner of asked) {
      const { name } = cosigner.verifier;
      missing.set(name, `expected an answer within ${timeoutMs} ms, got none`);
      askOne(cosigner, note, proofFrom)
        .then(
          (line) => {
            lines.set(name, line);
            missing.delete(name);
          },
          (error: Error) => missing.set(name, error.message),
        )
        .finally(() => {
          open--;
          if (open === 0) finish();
          else if (patience === undefined && enough()) patience = setTimeout(finish, patienceMs);
        });
    }
  });
  return { lines: new Map(lines), missing: new Map(missing), isQuorum: enough() };
}

/** So many of these witnesses must cosign; all of them if not said. */
export function witnessedBy(cosigners: readonly Cosigner[], needed = cosigners.length): Witnessing {
  return { cosigners, isQuorum: (keys) => keys.length >= needed };
}

async function askOne(
  cosigner: Cosigner,
  note: Uint8Array,
  proofFrom: (size: number) => Promise<Uint8Array[]>,
): Promise<string> {
  const lines = await cosigner.cosign(note, proofFrom);
  const { verifier } = cosigner;
  const own = lines
    .split("\n")
    .filter((line) => line.startsWith(`— ${verifier.name} `))
    .map((line) => `${line}\n`)
    .join("");
  try {
    openNote(concatBytes(note, utf8(own)), [verifier]);
  } catch (cause) {
    const message = `expected a valid cosignature by ${verifier.name}, got another`;
    throw new RecordError("signature-invalid", message, { cause });
  }
  return own;
}
