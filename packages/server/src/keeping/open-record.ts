import {
  type CheckpointSigner,
  cosignerOf,
  httpCosigner,
  type LogStore,
  type NoteVerifier,
  type SigningKey,
  witnessedBy,
} from "@standstill/record";
import { Witness } from "@standstill/record/files";
import { Registry } from "../registry.ts";

/** A witness that runs in the keeper's process. It is one in name only: whoever wants to trust nobody runs it elsewhere. */
export interface LocalWitness {
  readonly name: string;
  readonly key: SigningKey;
  readonly directory: string;
}

/** A witness that runs elsewhere, and where. */
export interface RemoteWitness {
  readonly verifier: NoteVerifier;
  readonly url: string;
}

/** Where a record lies, who signs its checkpoints, and who must cosign them. */
export interface RecordToKeep {
  readonly directory: string;
  readonly signer: CheckpointSigner;
  readonly witnesses: {
    readonly here: readonly LocalWitness[];
    readonly elsewhere: readonly RemoteWitness[];
  };
  /** How many witnesses must cosign a checkpoint before it is shown. */
  readonly quorum: number;
  /** Keeps the log elsewhere than in the directory, such as in a bucket. */
  readonly openStore?: (() => Promise<LogStore>) | undefined;
}

/** A record that is open to be kept, and the witnesses in this process. */
export interface KeptRecord {
  readonly registry: Registry;
  close(): Promise<void>;
}

/** Opens a record to keep it, of whatever agreement; makes it where there is none. Refuses (`store-locked`) while another process keeps it. */
export async function openRecord({
  directory,
  signer,
  witnesses,
  quorum,
  openStore,
}: RecordToKeep): Promise<KeptRecord> {
  const here: Witness[] = [];
  const closeWitnesses = async () => {
    for (const witness of here) await witness.close();
  };
  try {
    for (const { name, key, directory: its } of witnesses.here)
      here.push(
        await Witness.open({
          name,
          key,
          logs: [signer.verifier],
          directory: its,
          now: () => Math.floor(Date.now() / 1000),
        }),
      );
    const cosigners = [
      ...here.map((one) => cosignerOf(one.verifier, (request) => one.addCheckpoint(request))),
      ...witnesses.elsewhere.map(({ verifier, url }) => httpCosigner(verifier, url)),
    ];
    const registry = await Registry.open({
      directory,
      signer,
      witnessing: witnessedBy(cosigners, quorum),
      ...(openStore === undefined ? {} : { openStore }),
    });
    return {
      registry,
      close: async () => {
        await registry.close();
        await closeWitnesses();
      },
    };
  } catch (error) {
    await closeWitnesses();
    throw error;
  }
}
