import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openTelemetryStore } from "@standstill/evidence/store";
import {
  cosignerOf,
  httpCosigner,
  keySigner,
  sha256,
  toHex,
  witnessedBy,
} from "@standstill/record";
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
  type Program,
  playExample,
  policyText,
  readExample,
  type SpeakerOptions,
  witnessVerifier,
} from "@standstill/simulation";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";
import { listen, repeat, stopped } from "../serve.ts";
import { packageVersion } from "../version.ts";

/** Root of the installed project: the example and the built pages lie below it. */
const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

const PAGES = join(ROOT, "packages", "dashboard", "dist");

/** Options of `standstill up`. */
export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly once: boolean;
  /** Seconds between two marks of time while it serves. */
  readonly markEvery: number;
  /** Witnesses of the example that run elsewhere, as `<id>=<address>`. */
  readonly witness: readonly string[];
  readonly json: boolean;
}

/** `standstill up`: plays the example into a data directory and serves it. */
export async function up(options: UpOptions, terminal: Terminal): Promise<number> {
  const directory = resolve(options.data);
  const example = await readExample(join(ROOT, "agreements"));
  await mkdir(directory, { recursive: true });
  const keyring = await openKeyring(join(directory, "keys"), holdersOf(example.draft));
  const elsewhere = addressesOf(options.witness, example);
  const witnesses = await openWitnesses(directory, example, keyring, elsewhere);
  const registry = await openRegistry(directory, example, keyring, witnesses, elsewhere);
  try {
    const speaker = { example, keyring, registrar: registry, now: () => Date.now() };
    await playRound(directory, speaker, terminal);
    const round = await publishRound(directory, speaker, registry);
    if (options.once) {
      terminal.out(options.json ? json(round) : summary(round, directory));
      return EXIT.ok;
    }
    await serve(options, directory, registry, round, terminal, speaker);
    return EXIT.ok;
  } finally {
    await registry.close();
    for (const witness of witnesses) await witness.close();
  }
}

/** Addresses of witnesses that run elsewhere, by id. */
function addressesOf(given: readonly string[], { draft }: Example): ReadonlyMap<string, string> {
  const ids = draft.witnesses.map(({ id }) => id);
  return new Map(
    given.map((text) => {
      const [, id, url] = /^([^=]+)=(https?:.+)$/.exec(text) ?? [];
      if (id !== undefined && url !== undefined && ids.includes(id)) return [id, url];
      throw new UsageError(
        `expected --witness <id>=<address> with one of ${ids.join(", ")}, got ${text}`,
        "Name a witness of the example and where it runs.",
      );
    }),
  );
}

/** One machine plays the keeper and the witnesses; in earnest each witness runs `standstill witness` of its own. */
async function openWitnesses(
  directory: string,
  example: Example,
  keyring: Keyring,
  elsewhere: ReadonlyMap<string, string>,
): Promise<readonly Witness[]> {
  const witnesses: Witness[] = [];
  for (const { id } of example.draft.witnesses) {
    if (elsewhere.has(id)) continue;
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
  example: Example,
  keyring: Keyring,
  witnesses: readonly Witness[],
  elsewhere: ReadonlyMap<string, string>,
): Promise<Registry> {
  const cosigners = [
    ...witnesses.map((one) => cosignerOf(one.verifier, (request) => one.addCheckpoint(request))),
    ...[...elsewhere].map(([id, url]) => httpCosigner(witnessVerifier(keyring, id), url)),
  ];
  return Registry.open({
    directory,
    signer: keySigner(logVerifier(keyring), keyOf(keyring, LOG_HOLDER)),
    witnessing: witnessedBy(cosigners, example.draft.witnessQuorum),
  });
}

async function playRound(
  directory: string,
  speaker: SpeakerOptions,
  terminal: Terminal,
): Promise<void> {
  await playExample({
    ...speaker,
    programs: await verifier(),
    openStore: async () => {
      const store = await openTelemetryStore(join(directory, "telemetry"));
      if (store.engine === "files") {
        terminal.err(
          "chDB is not installed on this system: readings are kept in plain files. Results are the same; large sites are slow.",
        );
      }
      return store;
    },
    onProgress: (what) => terminal.err(`… ${what}`),
  });
}

/** The single-file verifier, where it was built: the keeper puts its hash on the record. */
async function verifier(): Promise<Program[]> {
  const path = join(PAGES, "verifier.html");
  if (!existsSync(path)) return [];
  const bytes = await readFile(path);
  return [{ program: "verifier", version: packageVersion, sha256: toHex(sha256(bytes)) }];
}

async function publishRound(
  directory: string,
  { example, keyring }: SpeakerOptions,
  registry: Registry,
): Promise<PublishedRound> {
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
    pages: PAGES,
  });
  const url = await listen(server, options.port);
  terminal.out(
    options.json
      ? json({ address: url, ...round })
      : `${summary(round, directory)}\n\nServed at ${url}  (Ctrl-C stops it)`,
  );
  const end = repeat(
    async () => {
      await markTime(speaker);
      await registry.publish();
    },
    options.markEvery,
    (error) => terminal.err(`The time could not be marked: ${error.message}`),
  );
  await stopped();
  await end();
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
