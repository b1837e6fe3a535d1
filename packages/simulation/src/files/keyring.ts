import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  fromHex,
  generateSigningKey,
  RecordError,
  type SigningKey,
  signingKey,
  textOf,
  toHex,
  utf8,
} from "@standstill/record";
import { readIfThere, writeDurably } from "@standstill/record/files";
import type { Keyring } from "../parties.ts";

/** Opens the keys of `holders` in a directory that only its owner can read; makes those that are not there yet. */
export async function openKeyring(directory: string, holders: readonly string[]): Promise<Keyring> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const keys = new Map<string, SigningKey>();
  for (const holder of holders) keys.set(holder, await openKey(directory, holder));
  return keys;
}

async function openKey(directory: string, holder: string): Promise<SigningKey> {
  const path = join(directory, `${holder}.seed`);
  const stored = await readIfThere(path);
  if (stored !== undefined) {
    try {
      return signingKey(fromHex(textOf(stored).trim()));
    } catch (cause) {
      throw new RecordError(
        "malformed-key",
        `expected 32 bytes of hexadecimal in the key file of ${holder}, got something else`,
        {
          place: path,
          cause,
        },
      );
    }
  }
  const key = generateSigningKey();
  await writeDurably(path, utf8(`${toHex(key.seed)}\n`), join(directory, "temporary"));
  await chmod(path, 0o600);
  return key;
}
