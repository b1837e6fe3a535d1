import { formatVerifier, keyIdOf, noteVerifier, toHex, witnessSpellings } from "@standstill/record";
import { publicKeyPem } from "@standstill/record/files";
import type { Answering } from "../../output.ts";

/** Tells what may be told of a key: its fingerprint, and the spellings of it that others ask for. */
export function tellKey(
  { name, publicKey }: { readonly name: string; readonly publicKey: Uint8Array },
  terminal: Answering,
  file?: string,
): void {
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
  terminal.answer(answer, () =>
    [
      ...(file === undefined ? [] : [`Stored, encrypted:  ${file}`]),
      `Fingerprint:        ${(fingerprint.match(/.{8}/g) ?? []).join(" ")}`,
      `Public key:         ${answer.publicKey}`,
      `As a log's key:     ${answer.logVerifier}`,
      `As a witness's key: ${witness}`,
    ].join("\n"),
  );
}
