import { join } from "node:path";
import type { Draft } from "@standstill/agreement";
import {
  type CheckpointSigner,
  httpHolder,
  jointSigner,
  keySigner,
  type LogStore,
  readJointPublic,
} from "@standstill/record";
import { openBucketStore } from "@standstill/record/files";
import type { RecordToKeep } from "@standstill/server";
import {
  type Keyring,
  keyOf,
  LOG_HOLDER,
  logVerifier,
  ORIGIN,
  witnessVerifier,
} from "@standstill/simulation";
import type { NamedFile } from "../../command/format.ts";
import { bytesOf } from "../../named-file.ts";
import { UsageError } from "../../output.ts";

/** Who somebody is, and where it runs. */
interface Elsewhere {
  readonly name: string;
  readonly url: string;
}

/**
 * Who signs checkpoints: the key in the keyring, or holders of a joint key, each on a machine of its own.
 *
 * @param jointKey what all know of the joint key, where there is one
 */
export async function signerOf(
  jointKey: NamedFile | undefined,
  holders: readonly Elsewhere[],
  draft: Draft,
  keyring: Keyring,
): Promise<CheckpointSigner> {
  if (jointKey === undefined) return keySigner(logVerifier(keyring), keyOf(keyring, LOG_HOLDER));
  const key = readJointPublic(await bytesOf(jointKey));
  if (holders.length < key.signers.min)
    throw new UsageError(
      `expected at least ${key.signers.min} holders with --joint-key, got ${holders.length}`,
      "Give --holder <name>=<address> for each holder.",
    );
  const keeper = keyOf(keyring, draft.keeper.id);
  const asked = holders.map(({ name, url }) => httpHolder(name, url, keeper, () => Date.now()));
  return jointSigner(ORIGIN, key, asked);
}

/** One machine plays the witnesses that are not named as running elsewhere; in earnest each runs `standstill witness` of its own. */
export function witnessesOf(
  elsewhere: readonly Elsewhere[],
  draft: Draft,
  keyring: Keyring,
  directory: string,
): RecordToKeep["witnesses"] {
  const ids = draft.witnesses.map(({ id }) => id);
  const stranger = elsewhere.find(({ name }) => !ids.includes(name));
  if (stranger !== undefined)
    throw new UsageError(
      `expected --witness <id>=<address> with one of ${ids.join(", ")}, got ${stranger.name}`,
      "Name a witness of the example and where it runs.",
    );
  return {
    here: ids
      .filter((id) => !elsewhere.some(({ name }) => name === id))
      .map((id) => ({
        name: witnessVerifier(keyring, id).name,
        key: keyOf(keyring, id),
        directory: join(directory, "witnesses", id),
      })),
    elsewhere: elsewhere.map(({ name, url }) => ({
      verifier: witnessVerifier(keyring, name),
      url,
    })),
  };
}

/** A bucket with the key that the environment gives, under the names that every client of buckets reads. */
export function bucketAt(url: string): () => Promise<LogStore> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = process.env;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) {
    throw new UsageError(
      "expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY with --bucket, got none",
      "Set both, and AWS_REGION where the bucket has one.",
    );
  }
  return () =>
    openBucketStore({
      url: url.replace(/\/+$/, ""),
      region: AWS_REGION ?? "us-east-1",
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
    });
}
