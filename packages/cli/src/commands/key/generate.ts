import { generateSigningKey } from "@standstill/record";
import { encryptKey } from "@standstill/record/files";
import { defineCommand } from "../../command/define.ts";
import { path, text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { writeNew } from "../../named-file.ts";
import { UsageError } from "../../output.ts";
import { passphrase } from "../../passphrase.ts";
import { tellKey } from "./told-key.ts";

const FEWEST_CHARACTERS = 12;

/** `standstill key generate`: makes a signing key and stores it encrypted. */
export const command = defineCommand({
  summary:
    "Make a key and store it encrypted; STANDSTILL_PASSPHRASE or the terminal gives the passphrase",
  arguments: { name: needed("<name>", "whose key it is, as witness.example/one", text) },
  options: { out: needed("<file>", "where to store it; never over a file that is there", path) },
  examples: ["standstill key generate witness.example/one --out one.pem"],
  action: async ({ name, out }, terminal) => {
    const secret = await passphrase("Choose a passphrase: ");
    if (secret.length < FEWEST_CHARACTERS) {
      throw new UsageError(
        `expected a passphrase of at least ${FEWEST_CHARACTERS} characters, got ${secret.length}`,
        "Choose a longer one; some words in a row are best.",
      );
    }
    const key = generateSigningKey();
    await writeNew(out, encryptKey(key, secret), 0o600);
    tellKey({ name, publicKey: key.publicKey }, terminal, out);
    return "ok";
  },
});
