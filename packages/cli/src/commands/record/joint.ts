import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import {
  checkPublicKey,
  formatVerifier,
  fromHex,
  jointJson,
  jointVerifier,
  readJointPublic,
} from "@standstill/record";
import {
  decryptShare,
  encryptShare,
  joinCeremony,
  openJointHolder,
} from "@standstill/record/files";
import { createHolderServer } from "@standstill/server";
import { EXIT } from "../../exit-codes.ts";
import { passphrase, readNamed, writeNew } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";
import { listen, stopped } from "../../serve.ts";

/** Options of `standstill key join`. */
export interface JoinOptions {
  readonly holders: string;
  readonly needed: number;
  readonly folder: string;
  readonly share: string;
  readonly public: string;
  /** Whether nobody has to compare the fingerprint. */
  readonly trustFolder: boolean;
  readonly json: boolean;
}

/** `standstill key join`: makes a joint key with other holders, through a folder that all of them share. */
export async function keyJoinCommand(
  name: string,
  options: JoinOptions,
  terminal: Terminal,
): Promise<number> {
  const secret = await passphrase("Choose a passphrase for your share: ");
  await mkdir(options.folder, { recursive: true });
  const made = await joinCeremony({
    name,
    holders: options.holders.split(","),
    needed: options.needed,
    folder: resolve(options.folder),
    confirm: (fingerprint) => confirm(fingerprint, options.trustFolder, terminal),
    onWait: (file) => terminal.err(`… waiting for ${file}`),
  });
  await writeNew(options.share, encryptShare(made.share, secret), 0o600);
  await writeNew(options.public, `${jointJson(made.public)}\n`, 0o644);
  const vkey = formatVerifier(jointVerifier("log.example/joint", made.public));
  terminal.out(
    options.json
      ? json({ share: options.share, public: options.public, vkey, ...made.public.signers })
      : [
          `Your share, encrypted:      ${options.share}`,
          `What all know of the key:   ${options.public}; it must be the same file with every holder`,
          `As a log's key, for example: ${vkey}`,
        ].join("\n"),
  );
  return EXIT.ok;
}

async function confirm(fingerprint: string, isTrusted: boolean, terminal: Terminal): Promise<void> {
  terminal.err(`What all sent first has the fingerprint ${fingerprint.match(/.{8}/g)?.join(" ")}`);
  if (isTrusted) return;
  if (!process.stdin.isTTY) {
    throw new UsageError(
      "expected a terminal to confirm the fingerprint, got none",
      "Run the command in a terminal, or give --trust-folder if nobody else writes to the folder.",
    );
  }
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(
    "Do all holders read the same? Ask them by telephone. (yes/no) ",
  );
  ask.close();
  if (answer.trim() !== "yes") {
    throw new UsageError(
      "expected the same fingerprint with all holders, got no yes",
      "Begin anew, all together, with an empty folder that only holders write to.",
    );
  }
}

/** Options of `standstill key hold`. */
export interface HoldOptions {
  readonly public: string;
  readonly log: string;
  readonly keeper: string;
  readonly data: string;
  readonly port: number;
  readonly json: boolean;
}

/** `standstill key hold`: signs growth of a log with a share of its key, as the keeper asks. */
export async function keyHoldCommand(
  file: string,
  options: HoldOptions,
  terminal: Terminal,
): Promise<number> {
  const keeper = fromHex(options.keeper);
  checkPublicKey(keeper);
  const key = readJointPublic(await readNamed(options.public, "--public"));
  const encrypted = await readNamed(file, "the share");
  const share = decryptShare(encrypted, await passphrase(`Passphrase of ${file}: `));
  const { holder, close } = await openJointHolder(options.log, key, share, resolve(options.data));
  try {
    const server = createHolderServer(holder, keeper);
    const url = await listen(server, options.port);
    const vkey = formatVerifier(jointVerifier(options.log, key));
    terminal.out(
      options.json
        ? json({ address: url, log: vkey, identifier: holder.identifier })
        : [
            `Holds a share of the key of ${options.log} at ${url}  (Ctrl-C stops it)`,
            `The log's key, for policies: ${vkey}`,
            `${key.signers.min} of ${key.signers.max} holders sign together.`,
          ].join("\n"),
    );
    await stopped();
    await server.close();
    return EXIT.ok;
  } finally {
    await close();
  }
}
