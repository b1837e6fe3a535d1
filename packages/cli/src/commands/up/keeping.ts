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
import { readNamed } from "../../files.ts";
import { UsageError } from "../../output.ts";

/** Who signs checkpoints: the key in the keyring, or holders of a joint key, each on a machine of its own. */
export async function signerOf(
  { jointKey, holder: holders }: { readonly jointKey?: string; readonly holder: readonly string[] },
  draft: Draft,
  keyring: Keyring,
): Promise<CheckpointSigner> {
  if (jointKey === undefined) return keySigner(logVerifier(keyring), keyOf(keyring, LOG_HOLDER));
  const key = readJointPublic(await readNamed(jointKey, "--joint-key"));
  const keeper = keyOf(keyring, draft.keeper.id);
  const asked = holders.map((text) => {
    const [, name, url] = /^([^=]+)=(https?:.+)$/.exec(text) ?? [];
    if (name !== undefined && url !== undefined)
      return httpHolder(name, url, keeper, () => Date.now());
    throw new UsageError(
      `expected --holder <name>=<address>, got ${text}`,
      "Name each holder as in the ceremony, and where it runs.",
    );
  });
  if (asked.length >= key.signers.min) return jointSigner(ORIGIN, key, asked);
  throw new UsageError(
    `expected at least ${key.signers.min} holders with --joint-key, got ${asked.length}`,
    "Give --holder <name>=<address> for each holder.",
  );
}

/** One machine plays the witnesses that are not named as running elsewhere; in earnest each runs `standstill witness` of its own. */
export function witnessesOf(
  given: readonly string[],
  draft: Draft,
  keyring: Keyring,
  directory: string,
): RecordToKeep["witnesses"] {
  const addresses = addressesOf(given, draft);
  const here = draft.witnesses
    .filter(({ id }) => !addresses.has(id))
    .map(({ id }) => ({
      name: witnessVerifier(keyring, id).name,
      key: keyOf(keyring, id),
      directory: join(directory, "witnesses", id),
    }));
  const elsewhere = [...addresses].map(([id, url]) => ({
    verifier: witnessVerifier(keyring, id),
    url,
  }));
  return { here, elsewhere };
}

/** Addresses of witnesses that run elsewhere, by id. */
function addressesOf(given: readonly string[], draft: Draft): ReadonlyMap<string, string> {
  const ids = draft.witnesses.map(({ id }) => id);
  return new Map(
    given.map((text) => {
      const [, id, url] = /^([^=]+)=(https?:.+)$/.exec(text) ?? [];
      if (id !== undefined && url !== undefined && ids.includes(id)) return [id, url];
      throw new UsageError(
        `expected --witness <id>=<address> with one of ${ids.join(", ")}, got ${text}`,
        "Name a witness of the example and where it runs.",
      );
    }),
  );
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
