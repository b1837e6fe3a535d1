import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openTelemetry } from "@standstill/evidence/telemetry";
import { policyText } from "@standstill/operation";
import { sha256, toHex } from "@standstill/record";
import { createKeeperServer, openRecord, publishedRound, type Registry } from "@standstill/server";
import { holdersOf, InventedParties, type Program, playExample } from "@standstill/simulation";
import { openKeyring, readExample } from "@standstill/simulation/files";
import type { PublishedRound } from "@standstill/views";
import { EXIT } from "../../exit-codes.ts";
import { json, type Terminal } from "../../output.ts";
import { listen, stopped } from "../../serve.ts";
import { packageVersion } from "../../version.ts";
import { ownAuthorship } from "../indicators/authorship.ts";
import { bucketAt, signerOf, witnessesOf } from "./keeping.ts";
import { summary } from "./summary.ts";

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
  const { draft } = example;
  await mkdir(directory, { recursive: true });
  const keyring = await openKeyring(join(directory, "keys"), holdersOf(draft));
  const witnesses = witnessesOf(options.witness, draft, keyring, directory);
  const signer = await signerOf(options, draft, keyring);
  const openStore = options.bucket === undefined ? undefined : bucketAt(options.bucket);
  const quorum = draft.witnessQuorum;
  const { registry, close } = await openRecord({ directory, signer, witnesses, quorum, openStore });
  try {
    const parties = new InventedParties({
      draft,
      keyring,
      log: signer.verifier,
      record: registry,
      now: () => Date.now(),
    });
    await playExample(example, parties, await propsIn(directory, terminal));
    await registry.publish();
    await writeFile(join(directory, "policy"), policyText(parties.terms));
    const round = await publishedRound(registry);
    if (options.once) terminal.out(options.json ? json(round) : summary(round, directory));
    else await serve(options, directory, registry, parties, round, terminal);
    return EXIT.ok;
  } finally {
    await close();
  }
}

async function propsIn(directory: string, terminal: Terminal) {
  return {
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
    onProgress: (what: string) => terminal.err(`… ${what}`),
  };
}

/** The single-file verifier, where it was built: the keeper puts its hash on the record. */
async function verifier(): Promise<Program[]> {
  const path = join(PAGES, "verifier.html");
  if (!existsSync(path)) return [];
  const bytes = await readFile(path);
  return [{ program: "verifier", version: packageVersion, sha256: toHex(sha256(bytes)) }];
}

async function serve(
  options: UpOptions,
  directory: string,
  registry: Registry,
  { keeper }: InventedParties,
  round: PublishedRound,
  terminal: Terminal,
): Promise<void> {
  const server = await createKeeperServer({
    registry,
    keeper,
    markEvery: options.markEvery,
    onUnmarked: (error) => terminal.err(`The time could not be marked: ${error.message}`),
    ...(options.bucket === undefined ? { directory } : {}),
    // Several machines sign together: that takes longer, so fewer checkpoints are signed.
    ...(options.jointKey === undefined ? {} : { publishAfterMs: 1000 }),
    pages: PAGES,
    ownRepository: await ownAuthorship(ROOT, terminal),
  });
  const url = await listen(server, options.port);
  terminal.out(
    options.json
      ? json({ address: url, ...round })
      : `${summary(round, directory)}\n\nServed at ${url}  (Ctrl-C stops it)`,
  );
  await stopped();
  await server.close();
}
