import { type AttestationRules, checkAttestation } from "@standstill/evidence/formats";
import { textOf } from "@standstill/record";
import { EXIT } from "../exit-codes.ts";
import { readNamed } from "../files.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";

/** Options of `standstill attest`. */
export interface AttestOptions {
  /** File with the keys of the service that signs, as JWKS. */
  readonly keys: string;
  readonly nonce: string;
  readonly json: boolean;
}

/** `standstill attest`: checks what hardware says of itself, and tells why where it proves nothing. */
export async function attestCommand(
  file: string,
  options: AttestOptions,
  terminal: Terminal,
): Promise<number> {
  if (!/^(?:[0-9a-fA-F]{2}){8,64}$/.test(options.nonce)) {
    throw new UsageError(
      `expected a nonce of 8 to 64 bytes in hexadecimal, got ${JSON.stringify(options.nonce.slice(0, 80))}`,
      "Give the number that was sent with the request for attestation.",
    );
  }
  const found = await checkAttestation(textOf(await readNamed(file, "the token")), {
    keys: keysIn(textOf(await readNamed(options.keys, "--keys"))),
    nonce: options.nonce,
    nowMs: Date.now(),
  });
  const isVerified = found.kind === "verified";
  if (options.json) terminal.out(json(found));
  else if (isVerified) {
    terminal.out(
      [
        `Verified: ${found.devices.length} genuine devices, each once. This says nothing of power, use or what ran.`,
        "",
        table(
          ["device", "identity", "model", "driver"],
          found.devices.map(({ name, ueid, model, driverVersion }) => [
            name,
            ueid.slice(0, 24),
            model,
            driverVersion ?? "",
          ]),
        ),
      ].join("\n"),
    );
  } else terminal.out(`Unverifiable: ${found.reason}.`);
  return isVerified ? EXIT.ok : EXIT.altered;
}

function keysIn(text: string): AttestationRules["keys"] {
  try {
    const keys = JSON.parse(text) as AttestationRules["keys"];
    if (Array.isArray(keys.keys) && keys.keys.length > 0) return keys;
  } catch {
    // Told below, whatever it was.
  }
  throw new UsageError(
    'expected keys as JWKS, {"keys": [...]}, got something else',
    "Fetch them from the service that signs, over a channel you trust.",
  );
}
