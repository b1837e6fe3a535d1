import { resolve } from "node:path";
import {
  CHECKPOINT_PATH,
  cosignerOf,
  httpSource,
  openLog,
  parseVerifier,
  RecordError,
  type SplitView,
  witnessSpellings,
} from "@standstill/record";
import { Witness } from "@standstill/record/files";
import { createWitnessServer } from "@standstill/server";
import { EXIT } from "../../exit-codes.ts";
import { keyIn } from "../../files.ts";
import { json, type Terminal } from "../../output.ts";
import { listen, repeat, stopped } from "../../serve.ts";

/** Options of `standstill witness`. */
export interface WitnessOptions {
  readonly name: string;
  readonly key: string;
  readonly log: readonly string[];
  readonly data: string;
  readonly port: number;
  /** Records to look at of its own accord, so that no keeper has to ask. */
  readonly follow: readonly string[];
  readonly every: number;
  readonly once: boolean;
  readonly json: boolean;
}

/** `standstill witness`: cosigns consistent growth of logs, and keeps what convicts one that forks. */
export async function witnessCommand(options: WitnessOptions, terminal: Terminal): Promise<number> {
  const logs = options.log.map(parseVerifier);
  const witness = await Witness.open({
    name: options.name,
    key: await keyIn(options.key),
    logs,
    directory: resolve(options.data),
    now: () => Math.floor(Date.now() / 1000),
  });
  const forks = new Set<SplitView>(witness.forks);
  const look = async () => {
    for (const url of options.follow) await lookAt(url, witness, logs, terminal);
    for (const fork of witness.forks) {
      if (forks.has(fork)) continue;
      forks.add(fork);
      terminal.err(`A log signed two histories. Evidence:\n${json(fork)}`);
    }
  };
  try {
    if (options.once) {
      await look();
      return witness.forks.length === 0 ? EXIT.ok : EXIT.forkedOrTruncated;
    }
    const server = createWitnessServer(witness);
    const url = await listen(server, options.port);
    const spellings = witnessSpellings(witness.verifier);
    terminal.out(
      options.json
        ? json({ address: url, verifierKeys: spellings, logs: options.log })
        : [
            `Witness ${options.name} at ${url}  (Ctrl-C stops it)`,
            `Its key, for policies:   ${spellings[0]}`,
            `For older verifiers:     ${spellings[1] ?? "none"}`,
            ...logs.map(({ name }) => `It cosigns growth of:    ${name}`),
          ].join("\n"),
    );
    if (options.follow.length > 0) await look().catch((error: Error) => tell(terminal, error));
    const end = repeat(look, options.every, (error) => tell(terminal, error));
    await stopped();
    await end();
    await server.close();
    return EXIT.ok;
  } finally {
    await witness.close();
  }
}

/** Takes a record's newest checkpoint and proves its growth to the witness from the record's own tiles. */
async function lookAt(
  url: string,
  witness: Witness,
  logs: Parameters<typeof openLog>[1],
  terminal: Terminal,
): Promise<void> {
  const source = httpSource(url);
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined) {
    throw new RecordError("store-missing", `expected a checkpoint at ${url}, got none`);
  }
  const { tree, checkpoint } = await openLog(source, logs, note);
  const cosigner = cosignerOf(witness.verifier, (request) => witness.addCheckpoint(request));
  await cosigner.cosign(note, (from) => tree.consistencyProof(from));
  terminal.err(`… cosigned ${checkpoint.size} entries of ${checkpoint.origin}`);
}

function tell(terminal: Terminal, error: Error): void {
  terminal.err(`Not cosigned: ${error.message}`);
}
