import type { AddressInfo } from "node:net";
import {
  createGateSocket,
  createGateWebhook,
  FollowedRecord,
  Gate,
  LedgerFile,
  listenOnSocket,
} from "@standstill/server";
import { defineCommand } from "../../command/define.ts";
import {
  file,
  type NamedFile,
  path,
  port,
  recordPlace,
  seconds,
  text,
} from "../../command/format.ts";
import { needed, optional, usual } from "../../command/input.ts";
import { contentOf, policyIfNamed } from "../../named-file.ts";
import { type Terminal, UsageError } from "../../output.ts";
import { sourceAt } from "../../record-place.ts";
import { repeat, stopped } from "../../serve.ts";
import { SOCKET } from "./asked.ts";

/** `standstill gate serve`: a gate that schedulers ask, over a socket of this machine and as a webhook. */
export const command = defineCommand({
  summary: "Answer schedulers over a socket of this machine, and Kubernetes as a webhook",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    party: needed("<name>", "whose site it is", text),
    site: needed("<name>", "the site", text),
    ledger: needed("<file>", "where reservations are kept", path),
    socket: usual("<path>", "where schedulers ask", path, SOCKET),
    every: usual("<seconds>", "how often the record is read", seconds, "30"),
    policy: optional("<file>", "whose log and witnesses are trusted", file),
    port: optional("<number>", "port of the webhook; none without", port),
    host: usual("<address>", "address of the webhook", text, "127.0.0.1"),
    tlsCert: optional("<file>", "its certificate, in PEM", file),
    tlsKey: optional("<file>", "its key, in PEM", file),
  },
  examples: [
    "standstill gate serve .standstill --party aster --site aster/hall-1 --ledger gate.jsonl --socket gate.sock",
    "standstill gate serve https://record.example/ --party aster --site aster/hall-1 --ledger gate.jsonl --port 8443 --tls-cert tls.crt --tls-key tls.key",
  ],
  action: async (given, terminal) => {
    const { party, site, socket: place, every } = given;
    const policy = await policyIfNamed(given.policy);
    const record = new FollowedRecord(await sourceAt(given.record), policy);
    await record.refresh();
    const ledger = await LedgerFile.open(given.ledger);
    const gate = new Gate({ record, ledger, party, site, now: () => Date.now() });
    const socket = createGateSocket(gate);
    try {
      await listenOnSocket(socket, place);
      const webhook = await webhookOf(gate, given);
      const { mode, asOf } = gate.rules;
      const answer = { socket: place, webhook: webhook?.url ?? null, party, site, mode, asOf };
      terminal.answer(answer, () =>
        [
          `Gate of ${site} for ${party} at ${place}  (Ctrl-C stops it)`,
          ...(webhook === undefined ? [] : [`Webhook of Kubernetes: ${webhook.url}admit`]),
          `By the record as of ${new Date(asOf).toISOString()}; ${mode === null ? "nothing binds" : `mode ${mode}`}.`,
        ].join("\n"),
      );
      const end = repeat(refresher(gate, terminal), every, (error) => terminal.err(error.message));
      await stopped();
      await end();
      await webhook?.close();
      return "ok";
    } finally {
      socket.close();
      await ledger.close();
    }
  },
});

/** Reads the record anew; tells once why it cannot. */
function refresher(gate: Gate, terminal: Terminal): () => Promise<void> {
  let told: string | undefined;
  return async () => {
    await gate.refresh();
    if (gate.failure !== told && gate.failure !== undefined)
      terminal.err(`the record could not be read: ${gate.failure}`);
    told = gate.failure;
  };
}

interface WebhookOptions {
  readonly port: number | undefined;
  readonly host: string;
  readonly tlsCert: NamedFile | undefined;
  readonly tlsKey: NamedFile | undefined;
}

async function webhookOf(gate: Gate, { port: at, host, tlsCert, tlsKey }: WebhookOptions) {
  if (at === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError(
      "expected --tls-cert and --tls-key with --port, got none",
      "Kubernetes asks webhooks over TLS only.",
    );
  const [cert, key] = await Promise.all([contentOf(tlsCert), contentOf(tlsKey)]);
  const server = createGateWebhook(gate, { cert, key });
  await server.listen({ port: at, host });
  const { port: chosen } = server.server.address() as AddressInfo;
  return { url: `https://${host}:${chosen}/`, close: () => server.close() };
}
