import { type AttestationRules, checkAttestation } from "@standstill/evidence/formats";
import { defineCommand } from "../command/define.ts";
import { type Format, file } from "../command/format.ts";
import { needed } from "../command/input.ts";
import { contentOf } from "../named-file.ts";
import { table, UsageError } from "../output.ts";

const nonce: Format<string> = {
  expected: "a nonce of 8 to 64 bytes in hexadecimal",
  read: (given) => (/^(?:[0-9a-fA-F]{2}){8,64}$/.test(given) ? given : undefined),
};

/** `standstill attest`: checks what hardware says of itself, and tells why where it proves nothing. */
export const command = defineCommand({
  summary:
    "Check an attestation of hardware (a detached EAT bundle), or tell why it proves nothing",
  arguments: { file: needed("<file>", "the bundle as the service returned it", file) },
  options: {
    keys: needed("<file>", "the service's keys, as JWKS", file),
    nonce: needed("<hex>", "the number that was sent with the request", nonce),
  },
  examples: [
    "standstill attest bundle.json --keys jwks.json --nonce 5f1c2a9be07d4433",
    "standstill attest bundle.json --keys jwks.json --nonce 5f1c2a9be07d4433 --json",
  ],
  exits: { altered: "it proves nothing" },
  action: async ({ file: bundle, keys, nonce: sent }, terminal) => {
    const found = await checkAttestation(await contentOf(bundle), {
      keys: keysIn(await contentOf(keys)),
      nonce: sent,
      nowMs: Date.now(),
    });
    terminal.answer(found, () => describe(found));
    return found.kind === "verified" ? "ok" : "altered";
  },
});

function describe(found: Awaited<ReturnType<typeof checkAttestation>>): string {
  if (found.kind !== "verified") return `Unverifiable: ${found.reason}.`;
  return [
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
  ].join("\n");
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
