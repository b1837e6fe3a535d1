import { parseVerifier } from "@standstill/record";
import { defineCommand } from "../../command/define.ts";
import { text } from "../../command/format.ts";
import { needed, usual } from "../../command/input.ts";
import { signingKeyOf } from "../../named-file.ts";
import { tellKey } from "./told-key.ts";

/** A key as policies spell it: name, hash and key. */
const VERIFIER = /^[^+/]+(?:\/[^+]*)?\+[0-9a-f]{8}\+/;

/** `standstill key show`: what may be told of a key, from its file or its vkey. */
export const command = defineCommand({
  summary: "Fingerprint, public key and verifier keys of a key file or a vkey",
  arguments: { key: needed("<file|vkey>", "the key's file, or a vkey", text) },
  options: { name: usual("<name>", "whose key it is, for a file", text, "unnamed") },
  examples: ["standstill key show one.pem --name witness.example/one"],
  action: async ({ key, name }, terminal) => {
    if (VERIFIER.test(key)) tellKey(parseVerifier(key), terminal);
    else {
      const { publicKey } = await signingKeyOf({ path: key, option: "<file|vkey>" });
      tellKey({ name, publicKey }, terminal);
    }
    return "ok";
  },
});
