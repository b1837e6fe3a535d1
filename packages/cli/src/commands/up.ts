import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openTelemetryStore } from "@standstill/evidence/store";
import { cosignerOf, everyWitness, keySigner } from "@standstill/record";
import { Witness } from "@standstill/record/files";
import type { PublishedRound } from "@standstill/replay";
import { createServer, publishedRound, Registry } from "@standstill/server";
import {
  type Example,
  holdersOf,
  type Keyring,
  keyOf,
  LOG_HOLDER,
  logVerifier,
  markTime,
  openKeyring,
  playExample,
  policyText,
  readExample,
  type SpeakerOptions,
  witnessVerifier,
} from "@standstill/simulation";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";

/** Root of the installed project: the example and the built pages lie below it. */
const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const HOST = "127.0.0.1";

/** Options of `standstill up`. */
export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly once: boolean;
  /** Seconds between two marks of time while it serves. */
  readonly markEvery: number;
  readonly json: boolean;
}

/** `standstill up`: plays the example into a data directory and serves it. */
export async function up(options: UpOptions, terminal: Terminal): Promise<number> {
  const directory = resolve(options.data);
  const example = await readExample(join(ROOT, "agreements"));
  await mkdir(directory, { recursive: true });
  const keyring = await openKeyring(join(directory, "keys"), holdersOf(example.draft));
  const witnesses = await openWitnesses(directory, example, keyring);
  const registry = await openRegistry(directory, keyring, witnesses);
  try {
    const round = await playRound(directory, example, keyring, registry, terminal);
    if (options.once) {
      terminal.out(options.json ? json(round) : summary(round, directory));
      return EXIT.ok;
    }
    const speaker = { example, keyring, registrar: registry, now: () => Date.now() };
    await serve(options, directory, registry, round, terminal, speaker);
    return EXIT.ok;
  } finally {
    await registry.close();
    for (const witness of witnesses) await witness.close();
  }
}

/** One machine plays the keeper and every witness; in earnest each witness runs `standstill witness` of its own. */
async function openWitnesses(directory: string, example: Example, keyring: Keyring) {
  const witnesses: Witness[] = [];
  for (const { id } of example.draft.witnesses) {
    const witness = await Witness.open({
      name: witnessVerifier(keyring, id).name,
      key: keyOf(keyring, id),
      logs: [logVerifier(keyring)],
      directory: join(directory, "witnesses", id),
      now: () => Math.floor(Date.now() / 1000),
    });
    witnesses.push(witness);
  }
  return witnesses;
}

function openRegistry(
  directory: string,
  keyring: Keyring,
  witnesses: readonly Witness[],
): Promise<Registry> {
  return Registry.open({
    directory,
    signer: keySigner(logVerifier(keyring), keyOf(keyring, LOG_HOLDER)),
    witnessing: everyWitness(
      witnesses.map((one) => cosignerOf(one.verifier, (request) => one.addCheckpoint(request))),
    ),
  });
}

async function playRound(
  directory: string,
  example: Example,
  keyring: Keyring,
  registry: Registry,
  terminal: Terminal,
): Promise<PublishedRound> {
  await playExample({
    example,
    keyring,
    registrar: registry,
    openStore: async () => {
      const store = await openTelemetryStore(join(directory, "telemetry"));
      if (store.engine === "files") {
        terminal.err(
          "chDB is not installed on this system: readings are kept in plain files. Results are the same; large sites are slow.",
        );
      }
      return store;
    },
    now: () => Date.now(),
    onProgress: (what) => terminal.err(`… ${what}`),
  });
  await registry.publish();
  await writeFile(join(directory, "policy"), policyText(example.draft, keyring));
  return publishedRound(registry);
}

async function serve(
  options: UpOptions,
  directory: string,
  registry: Registry,
  round: PublishedRound,
  terminal: Terminal,
  speaker: SpeakerOptions,
): Promise<void> {
  const server = await createServer({
    record: registry,
    directory,
    pages: join(ROOT, "packages", "dashboard", "dist"),
  });
  try {
    await server.listen({ host: HOST, port: options.port });
  } catch (error) {
    await server.close();
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UsageError(
      `expected port ${options.port} of ${HOST} to be free, got another program on it`,
      "Stop that program, or choose another port with --port.",
    );
  }
  const { port } = server.server.address() as AddressInfo;
  const url = `http://${HOST}:${port}/`;
  terminal.out(
    options.json
      ? json({ address: url, ...round })
      : `${summary(round, directory)}\n\nServed at ${url}  (Ctrl-C stops it)`,
  );
  // One after the other, so that stopping waits for the mark that is under way.
  let marking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    marking = marking
      .then(() => markTime(speaker))
      .then(() => registry.publish())
      .catch((error: Error) => terminal.err(`The time could not be marked: ${error.message}`));
  }, options.markEvery * 1000);
  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  clearInterval(timer);
  await marking;
  await server.close();
}

function summary(round: PublishedRound, directory: string): string {
  const bound = new Set(round.bound);
  const names = new Map(round.parties.map(({ id, name }) => [id, name]));
  const rows = round.parties.map((party) => [
    party.name,
    party.verdict,
    bound.has(party.id) ? "bound" : "not bound",
    reason(party),
  ]);
  const holds = round.bound.map((id) => names.get(id)).join(", ");
  return [
    `The standstill holds for ${round.bound.length} of ${round.parties.length} parties${holds === "" ? "" : `: ${holds}`}. The parties are invented; their readings are recorded ones.`,
    "",
    table(["party", "verdict", "pledge", "because"], rows),
    "",
    `Record: ${round.record.size} statements, root ${round.record.root}`,
    `Check it yourself: npx standstill audit ${directory} --policy ${join(directory, "policy")}`,
  ].join("\n");
}

function reason(party: PublishedRound["parties"][number]): string {
  const finding = party.findings[0]?.sentence;
  const gap = party.obligations.flatMap((obligation) => obligation.gaps)[0]?.sentence;
  return finding ?? gap ?? "No finding, and no gap against the agreed goals.";
}
