import { RecordError } from "../error.ts";
import { parseCheckpoint } from "../formats/checkpoint.ts";
import { parseDecimal, quote } from "../formats/encoding.ts";
import { parseNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import type { Cosigner } from "../log/quorum.ts";
import { formatAddCheckpoint } from "./add-checkpoint.ts";

/** Something that answers `add-checkpoint` requests: a witness in this process, or one behind a web address. */
export type AskWitness = (
  request: Uint8Array,
) => Promise<{ readonly status: number; readonly body: string }>;

/**
 * The log's side of c2sp.org/tlog-witness: proves growth from the size that the witness saw last, which the witness tells
 * where this side does not know it. A witness that saw a larger log than this one stops it (`witness-refused`): entries
 * that were shown are missing here.
 */
export function cosignerOf(verifier: NoteVerifier, ask: AskWitness): Cosigner {
  let seen = 0;
  return {
    verifier,
    cosign: async (note, proofFrom) => {
      const { size } = parseCheckpoint(parseNote(note).text);
      for (let attempt = 0; attempt < 3; attempt++) {
        const old = Math.min(seen, size);
        const answer = await ask(formatAddCheckpoint({ old, proof: await proofFrom(old), note }));
        if (answer.status === 200) {
          seen = size;
          return answer.body;
        }
        const told = answer.status === 409 ? parseDecimal(answer.body.trimEnd()) : undefined;
        if (told === undefined) throw refused(verifier, answer.status, answer.body);
        if (told > size) {
          const message = `expected a log of at least the ${told} entries that ${verifier.name} has seen, got ${size}: this log was set back`;
          throw new RecordError("witness-refused", message);
        }
        seen = told;
      }
      throw refused(verifier, 409, "another size each time");
    },
  };
}

/** A witness behind a web address, the submission prefix of c2sp.org/tlog-witness. */
export function httpCosigner(verifier: NoteVerifier, url: string, timeoutMs = 5000): Cosigner {
  const address = `${url.replace(/\/+$/, "")}/add-checkpoint`;
  return cosignerOf(verifier, async (request) => {
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new Uint8Array(request),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: "error",
      });
      return { status: answer.status, body: (await answer.text()).slice(0, 20_000) };
    } catch (cause) {
      const message = `expected an answer from ${address}, got none`;
      throw new RecordError("store-failed", message, { place: address, cause });
    }
  });
}

function refused(verifier: NoteVerifier, status: number, body: string): RecordError {
  const message = `expected a cosignature by ${verifier.name}, got ${status} ${quote(body.trimEnd())}`;
  return new RecordError("witness-refused", message);
}
