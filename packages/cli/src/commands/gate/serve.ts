import { readFile, rm } from "node:fs/promises";
import { type AddressInfo, createConnection, type Server } from "node:net";
import {
  createGateSocket,
  createGateWebhook,
  FollowedRecord,
  Gate,
  LedgerFile,
} from "@standstill/server";
import { EXIT } from "../../exit-codes.ts";
import { policyIn } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";
import { sourceOf } from "../../record-target.ts";
import { repeat, stopped } from "../../serve.ts";

/** Options of `standstill gate serve`. */
export interface ServeOptions {
  readonly party: string;
  readonly site: string;
  readonly ledger: string;
  readonly socket: string;
  /** Seconds between two looks at the record. */
  readonly every: number;
  readonly policy?: string;
  /** For Kubernetes: port, certificate and key. */
  readonly port?: number;
  readonly host: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly json: boolean;
}

/** `standstill gate serve`: a gate that schedulers ask, over a socket of this machine and as a webhook. */
export async function gateServeCommand(
  target: string,
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const { party, site, every } = options;
  const policy = options.policy === undefined ? undefined : await policyIn(options.policy);
  const record = new FollowedRecord(await sourceOf(target), policy);
  await record.refresh();
  const ledger = await ledgerAt(options.ledger);
  const gate = new Gate({ record, ledger, party, site, now: () => Date.now() });
  const socket = createGateSocket(gate);
  try {
    await listenOn(socket, options.socket);
    const address = await webhook(gate, options);
    const { mode, asOf } = gate.rules;
    terminal.out(
      options.json
        ? json({ socket: options.socket, webhook: address?.url ?? null, party, site, mode, asOf })
        : [
            `Gate of ${site} for ${party} at ${options.socket}  (Ctrl-C stops it)`,
            ...(address === undefined ? [] : [`Webhook of Kubernetes: ${address.url}admit`]),
            `By the record as of ${new Date(asOf).toISOString()}; ${mode === null ? "nothing binds" : `mode ${mode}`}.`,
          ].join("\n"),
    );
    let told: string | undefined;
    const end = repeat(
      async () => {
        await gate.refresh();
        if (gate.failure !== told && gate.failure !== undefined)
          terminal.err(`the record could not be read: ${gate.failure}`);
        told = gate.failure;
      },
      every,
      (error) => terminal.err(error.message),
    );
    await stopped();
    await end();
    await address?.close();
    return EXIT.ok;
  } finally {
    socket.close();
    await ledger.close();
  }
}

async function ledgerAt(path: string): Promise<LedgerFile> {
  try {
    return await LedgerFile.open(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EACCES" && code !== "EISDIR") throw error;
    throw new UsageError(
      `expected a ledger that can be read and written at ${path}, got ${code}`,
      "Give --ledger a file in a folder that exists and that this user may write to.",
    );
  }
}

/** A socket that a gate before left behind is taken away; one that answers is somebody's. */
async function listenOn(server: Server, path: string): Promise<void> {
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, () => resolve());
    });
  try {
    await listen();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" || (await isAnswered(path)))
      throw new UsageError(
        `expected a free place for a socket at ${path}, got ${code}`,
        "Stop the gate that has it, or choose another with --socket.",
      );
    await rm(path);
    await listen();
  }
}

async function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function webhook(gate: Gate, { port, host, tlsCert, tlsKey }: ServeOptions) {
  if (port === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError(
      "expected --tls-cert and --tls-key with --port, got none",
      "Kubernetes asks webhooks over TLS only.",
    );
  const [cert, key] = await Promise.all([readFile(tlsCert, "utf8"), readFile(tlsKey, "utf8")]);
  const server = createGateWebhook(gate, { cert, key });
  await server.listen({ port, host });
  const at = server.server.address() as AddressInfo;
  return { url: `https://${host}:${at.port}/`, close: () => server.close() };
}
