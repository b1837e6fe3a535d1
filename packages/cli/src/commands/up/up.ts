import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openTelemetry } from "@standstill/evidence/telemetry";
import { policyText } from "@standstill/operation";
import { sha256, toHex } from "@standstill/record";
import { createKeeperServer, openRecord, publishedRound } from "@standstill/server";
import {
  holdersOf,
  InventedParties,
  type Program,
  type Props,
  playExample,
} from "@standstill/simulation";
import { openKeyring, readExample } from "@standstill/simulation/files";
import { defineCommand } from "../../command/define.ts";
import { address, file, nameAtAddress, path, port, seconds } from "../../command/format.ts";
import { flag, optional, several, usual } from "../../command/input.ts";
import { ownAuthorship } from "../../git/authorship.ts";
import type { Terminal } from "../../output.ts";
import { listen, stopped } from "../../serve.ts";
import { packageVersion } from "../../version.ts";
import { bucketAt, signerOf, witnessesOf } from "./keeping.ts";
import { summary } from "./summary.ts";

/** Root of the installed project: the example and the built pages lie below it. */
const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));

const PAGES = join(ROOT, "packages", "dashboard", "dist");

/** `standstill up`: plays the example into a data directory and serves it. */
export const command = defineCommand({
  summary: "Play the example on recorded readings, and serve its page",
  options: {
    data: usual("<dir>", "data directory; the record lies in <dir>/record", path, ".standstill"),
    port: usual("<number>", "port on 127.0.0.1", port, "7878"),
    markEvery: usual("<seconds>", "say what time it is so often while serving", seconds, "3600"),
    witness: several("<id=url>", "a witness of the example that runs elsewhere", nameAtAddress),
    bucket: optional(
      "<url>",
      "keep the log in this S3-compatible bucket; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY open it",
      address,
    ),
    jointKey: optional(
      "<file>",
      "what all know of the log's key, where several hold it together",
      file,
    ),
    holder: several("<name=url>", "who holds it", nameAtAddress),
    once: flag("do the round, print the verdicts and exit"),
  },
  examples: ["standstill up", "standstill up --once --json --data /tmp/standstill"],
  action: async (given, terminal) => {
    const directory = resolve(given.data);
    const example = await readExample(join(ROOT, "agreements"));
    const { draft } = example;
    await mkdir(directory, { recursive: true });
    const keyring = await openKeyring(join(directory, "keys"), holdersOf(draft));
    const signer = await signerOf(given.jointKey, given.holder, draft, keyring);
    const { registry, close } = await openRecord({
      directory,
      signer,
      witnesses: witnessesOf(given.witness, draft, keyring, directory),
      quorum: draft.witnessQuorum,
      openStore: given.bucket === undefined ? undefined : bucketAt(given.bucket),
    });
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
      if (given.once) {
        terminal.answer(round, () => summary(round, directory));
        return "ok";
      }
      const server = await createKeeperServer({
        registry,
        keeper: parties.keeper,
        markEvery: given.markEvery,
        onUnmarked: (error) => terminal.err(`The time could not be marked: ${error.message}`),
        ...(given.bucket === undefined ? { directory } : {}),
        // Several machines sign together: that takes longer, so fewer checkpoints are signed.
        ...(given.jointKey === undefined ? {} : { publishAfterMs: 1000 }),
        pages: PAGES,
        ownRepository: await ownAuthorship(ROOT, terminal),
      });
      const url = await listen(server, given.port);
      terminal.answer(
        { address: url, ...round },
        () => `${summary(round, directory)}\n\nServed at ${url}  (Ctrl-C stops it)`,
      );
      await stopped();
      await server.close();
      return "ok";
    } finally {
      await close();
    }
  },
});

async function propsIn(directory: string, terminal: Terminal): Promise<Props> {
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
    onProgress: (what) => terminal.err(`… ${what}`),
  };
}

/** The single-file verifier, where it was built: the keeper puts its hash on the record. */
async function verifier(): Promise<Program[]> {
  const path = join(PAGES, "verifier.html");
  if (!existsSync(path)) return [];
  const bytes = await readFile(path);
  return [{ program: "verifier", version: packageVersion, sha256: toHex(sha256(bytes)) }];
}
