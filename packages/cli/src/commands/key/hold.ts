import { resolve } from "node:path";
import {
  checkPublicKey,
  formatVerifier,
  fromHex,
  jointVerifier,
  readJointPublic,
} from "@standstill/record";
import { decryptShare, openJointHolder } from "@standstill/record/files";
import { createHolderServer } from "@standstill/server";
import { defineCommand } from "../../command/define.ts";
import { file, path, port, text } from "../../command/format.ts";
import { needed, usual } from "../../command/input.ts";
import { bytesOf } from "../../named-file.ts";
import { passphrase } from "../../passphrase.ts";
import { listen, stopped } from "../../serve.ts";

/** `standstill key hold`: signs growth of a log with a share of its key, as the keeper asks. */
export const command = defineCommand({
  summary: "Sign growth of a log with a share of its key, as the keeper asks",
  arguments: { share: needed("<share>", "the file with the share", file) },
  options: {
    public: needed("<file>", "what all know of the key", file),
    log: needed("<name>", "the log's name, as log.example/one", text),
    keeper: needed("<hex>", "the keeper's public key: only it may ask", text),
    data: usual("<dir>", "where it remembers what it signed last", path, ".standstill-holder"),
    port: usual("<number>", "port on 127.0.0.1", port, "7881"),
  },
  examples: [
    "standstill key hold aster.share --public joint.json --log log.example/one --keeper 3b6a27bc...",
    "standstill key hold aster.share --public joint.json --log log.example/one --keeper 3b6a27bc... --port 0 --json",
  ],
  action: async ({ share: named, public: publicFile, log, keeper, data, port: at }, terminal) => {
    const keeperKey = fromHex(keeper);
    checkPublicKey(keeperKey);
    const key = readJointPublic(await bytesOf(publicFile));
    const encrypted = await bytesOf(named);
    const share = decryptShare(encrypted, await passphrase(`Passphrase of ${named.path}: `));
    const { holder, close } = await openJointHolder(log, key, share, resolve(data));
    try {
      const server = createHolderServer(holder, keeperKey);
      const url = await listen(server, at);
      const vkey = formatVerifier(jointVerifier(log, key));
      terminal.answer({ address: url, log: vkey, identifier: holder.identifier }, () =>
        [
          `Holds a share of the key of ${log} at ${url}  (Ctrl-C stops it)`,
          `The log's key, for policies: ${vkey}`,
          `${key.signers.min} of ${key.signers.max} holders sign together.`,
        ].join("\n"),
      );
      await stopped();
      await server.close();
      return "ok";
    } finally {
      await close();
    }
  },
});
