import {
  formatVerifier,
  generateSigningKey,
  keyIdOf,
  noteVerifier,
  parseVerifier,
  toHex,
  witnessSpellings,
} from "@standstill/record";
import { encryptKey, publicKeyPem } from "@standstill/record/files";
import { EXIT } from "../../exit-codes.ts";
import { keyIn, passphrase, writeNew } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";

/** `standstill key generate`: makes a signing key and stores it encrypted. */
export async function keyGenerateCommand(
  name: string,
  options: { readonly out: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const key = generateSigningKey();
  const secret = await passphrase("Choose a passphrase: ");
  if (secret.length < 12) {
    throw new UsageError(
      `expected a passphrase of at least 12 characters, got ${secret.length}`,
      "Choose a longer one; some words in a row are best.",
    );
  }
  await writeNew(options.out, encryptKey(key, secret), 0o600);
  return show(name, key.publicKey, options.json, terminal, options.out);
}

/** `standstill key show`: what may be told of a key, from its file or its vkey. */
export async function keyShowCommand(
  target: string,
  options: { readonly name: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const isVerifier = /^[^+/]+(?:\/[^+]*)?\+[0-9a-f]{8}\+/.test(target);
  const { name, publicKey } = isVerifier
    ? parseVerifier(target)
    : { name: options.name, publicKey: (await keyIn(target, "the key file")).publicKey };
  return show(name, publicKey, options.json, terminal);
}

function show(
  name: string,
  publicKey: Uint8Array,
  isJson: boolean,
  terminal: Terminal,
  file?: string,
): number {
  const log = noteVerifier(name, publicKey);
  const [witness] = witnessSpellings(log);
  const fingerprint = keyIdOf(publicKey);
  const answer = {
    ...(file === undefined ? {} : { file }),
    name,
    fingerprint,
    publicKey: toHex(publicKey),
    logVerifier: formatVerifier(log),
    witnessVerifier: witness,
    pem: publicKeyPem(publicKey),
  };
  terminal.out(
    isJson
      ? json(answer)
      : [
          ...(file === undefined ? [] : [`Stored, encrypted:  ${file}`]),
          `Fingerprint:        ${(fingerprint.match(/.{8}/g) ?? []).join(" ")}`,
          `Public key:         ${answer.publicKey}`,
          `As a log's key:     ${answer.logVerifier}`,
          `As a witness's key: ${witness}`,
        ].join("\n"),
  );
  return EXIT.ok;
}
