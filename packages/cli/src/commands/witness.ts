import { resolve } from "node:path";
import {
  type NoteVerifier,
  parseVerifier,
  type SplitView,
  witnessSpellings,
} from "@standstill/record";
import { Witness } from "@standstill/record/files";
import { cosignFollowed, createWitnessServer } from "@standstill/server";
import { defineCommand } from "../command/define.ts";
import { address, file, path, port, seconds, text } from "../command/format.ts";
import { flag, needed, several, some, usual } from "../command/input.ts";
import { signingKeyOf } from "../named-file.ts";
import { json, type Terminal } from "../output.ts";
import { listen, repeat, stopped } from "../serve.ts";

/** `standstill witness`: cosigns consistent growth of logs, and keeps what convicts one that forks. */
export const command = defineCommand({
  summary: "Cosign the growth of logs, and keep what convicts one that forks",
  options: {
    name: needed("<name>", "the witness's name, as witness.example/one", text),
    key: needed("<file>", "its signing key (standstill key generate)", file),
    log: some("<vkey>", "a log to witness", text),
    data: usual("<dir>", "where it remembers what it saw", path, ".standstill-witness"),
    port: usual("<number>", "port on 127.0.0.1", port, "7879"),
    follow: several("<url>", "look at this record unasked, so that no keeper has to ask", address),
    every: usual("<seconds>", "how often to look", seconds, "10"),
    once: flag("look once and exit"),
  },
  examples: [
    "standstill witness --name witness.example/one --key one.pem --log log.example/x+1a2b3c4d+AbCd",
    "standstill witness --name witness.example/one --key one.pem --log log.example/x+1a2b3c4d+AbCd --follow http://127.0.0.1:7878/record --once",
  ],
  exits: { forkedOrTruncated: "a log signed two histories" },
  action: async ({ name, key, log, data, port: at, follow, every, once }, terminal) => {
    const logs = log.map(parseVerifier);
    const witness = await Witness.open({
      name,
      key: await signingKeyOf(key),
      logs,
      directory: resolve(data),
      now: () => Math.floor(Date.now() / 1000),
    });
    const look = looker(witness, follow, logs, terminal);
    try {
      if (once) {
        await look();
        return witness.forks.length === 0 ? "ok" : "forkedOrTruncated";
      }
      const server = createWitnessServer(witness);
      const url = await listen(server, at);
      const verifierKeys = witnessSpellings(witness.verifier);
      terminal.answer({ address: url, verifierKeys, logs: log }, () =>
        [
          `Witness ${name} at ${url}  (Ctrl-C stops it)`,
          `Its key, for policies:   ${verifierKeys[0]}`,
          `For older verifiers:     ${verifierKeys[1] ?? "none"}`,
          ...logs.map((one) => `It cosigns growth of:    ${one.name}`),
        ].join("\n"),
      );
      if (follow.length > 0) await look().catch((error: Error) => tell(terminal, error));
      const end = repeat(look, every, (error) => tell(terminal, error));
      await stopped();
      await end();
      await server.close();
      return "ok";
    } finally {
      await witness.close();
    }
  },
});

/** Looks at the records that are followed, and tells of every fork once. */
function looker(
  witness: Witness,
  follow: readonly string[],
  logs: readonly NoteVerifier[],
  terminal: Terminal,
): () => Promise<void> {
  const forks = new Set<SplitView>(witness.forks);
  return async () => {
    for (const url of follow) {
      const { size, origin } = await cosignFollowed(witness, logs, url);
      terminal.err(`… cosigned ${size} entries of ${origin}`);
    }
    for (const fork of witness.forks) {
      if (forks.has(fork)) continue;
      forks.add(fork);
      terminal.err(`A log signed two histories. Evidence:\n${json(fork)}`);
    }
  };
}

function tell(terminal: Terminal, error: Error): void {
  terminal.err(`Not cosigned: ${error.message}`);
}
