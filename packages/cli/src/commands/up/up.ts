import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openTelemetry } from "@standstill/evidence/telemetry";
import { sha256, toHex, witnessedBy } from "@standstill/record";
import { createServer, publishedRound, Registry } from "@standstill/server";
import {
  holdersOf,
  markTime,
  openKeyring,
  type Program,
  playExample,
  policyText,
  readExample,
  receiveReport,
  type SpeakerOptions,
} from "@standstill/simulation";
import type { PublishedRound } from "@standstill/views";
import { EXIT } from "../../exit-codes.ts";
import { json, type Terminal, table } from "../../output.ts";
import { listen, repeat, stopped } from "../../serve.ts";
import { packageVersion } from "../../version.ts";
import { ownAuthorship } from "../indicators/authorship.ts";
import { addressesOf, bucketAt, cosignersOf, openWitnesses, signerOf } from "./keeping.ts";

/** Root of the installed project: the example and the built pages lie below it. */
const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));

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
  /** What all know of the log's key, where several hold it together. */
  readonly jointKey?: string;
  /** Who holds it, as `<name>=<address>`. */
  readonly holder: readonly string[];
  /** Address of an S3-compatible bucket that keeps the log, instead of the data directory. */
  readonly bucket?: string;
  readonly json: boolean;
}

/** `standstill up`: plays the example into a data directory and serves it. */
export async function up(options: UpOptions, terminal: Terminal): Promise<number> {
  const directory = resolve(options.data);
  const example = await readExample(join(ROOT, "agreements"));
  await mkdir(directory, { recursive: true });
  const keyring = await openKeyring(join(directory, "keys"), holdersOf(example.draft));
  const elsewhere = addressesOf(options.witness, example);
  const signer = await signerOf(options, example, keyring);
  const log = signer.verifier;
  const witnesses = await openWitnesses(directory, example, keyring, log, elsewhere);
  const witnessing = witnessedBy(
    cosignersOf(keyring, witnesses, elsewhere),
    example.draft.witnessQuorum,
  );
  const registry = await Registry.open({
    directory,
    signer,
    witnessing,
    ...(options.bucket === undefined ? {} : { openStore: bucketAt(options.bucket) }),
  });
  try {
    const speaker = { example, keyring, log, registrar: registry, now: () => Date.now() };
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

async function playRound(
  directory: string,
  speaker: SpeakerOptions,
  terminal: Terminal,
): Promise<void> {
  await playExample({
    ...speaker,
    programs: await verifier(),
    openTelemetry: async () => {
      const telemetry = await openTelemetry(join(directory, "telemetry"));
      if (telemetry.status.engine === "files") {
        terminal.err(
          "chDB is not installed on this system: readings are kept in plain files. Results are the same; large sites are slow.",
        );
      }
      return telemetry;
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
  { example, keyring, log }: SpeakerOptions,
  registry: Registry,
): Promise<PublishedRound> {
  await registry.publish();
  await writeFile(join(directory, "policy"), policyText(example.draft, keyring, log));
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
    ...(options.bucket === undefined ? { directory } : {}),
    // Several machines sign together: that takes longer, so fewer checkpoints are signed.
    ...(options.jointKey === undefined ? {} : { publishAfterMs: 1000 }),
    pages: PAGES,
    ownRepository: await ownAuthorship(ROOT, terminal),
    onReport: (name) => receiveReport(speaker, name),
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
