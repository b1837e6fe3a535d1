import { join } from "node:path";
import type { SigningKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { formatCheckpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { textOf, utf8 } from "../formats/encoding.ts";
import type { NoteVerifier } from "../formats/note.ts";
import { acceptCheckpoint, cosign, unseenLog, type WitnessState } from "../witness.ts";
import { readIfThere } from "./directory-source.ts";
import { writeDurably } from "./durable-file.ts";
import type { Cosigner } from "./log-writer.ts";

/** A witness that keeps its last checkpoint in a file and cosigns in this process. */
export interface FileWitnessOptions {
  readonly name: string;
  readonly key: SigningKey;
  readonly log: NoteVerifier;
  /** Directory that belongs to this witness alone. */
  readonly directory: string;
  /** Present time in POSIX seconds. */
  readonly now: () => number;
}

/** A witness on this machine: remembers durably what it cosigned before it hands the cosignature out. */
export function fileWitness(options: FileWitnessOptions): Cosigner {
  const path = join(options.directory, "checkpoint");
  const stored = async (): Promise<WitnessState> => {
    const bytes = await readIfThere(path);
    return bytes === undefined ? unseenLog() : parseCheckpoint(textOf(bytes));
  };
  return {
    lastSize: async () => (await stored()).size,
    cosign: async (note, proof) => {
      const checkpoint = acceptCheckpoint(await stored(), options.log, note, proof);
      const text = formatCheckpoint(checkpoint);
      try {
        await writeDurably(path, utf8(text), join(options.directory, "temporary"));
      } catch (cause) {
        throw new RecordError(
          "store-failed",
          "expected the witness to store its checkpoint, got a failure",
          { cause },
        );
      }
      return cosign(text, options.name, options.key, options.now());
    },
  };
}
