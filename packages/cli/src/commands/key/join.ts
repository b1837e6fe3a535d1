import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { formatVerifier, jointJson, jointVerifier } from "@standstill/record";
import { encryptShare, joinCeremony } from "@standstill/record/files";
import { defineCommand } from "../../command/define.ts";
import { count, type Format, path, text } from "../../command/format.ts";
import { flag, needed } from "../../command/input.ts";
import { writeNew } from "../../named-file.ts";
import { type Terminal, UsageError } from "../../output.ts";
import { passphrase } from "../../passphrase.ts";

const names: Format<readonly string[]> = {
  expected: "names separated by commas, as aster,borealis,cedar",
  read: (given) => {
    const all = given.split(",");
    return all.includes("") ? undefined : all;
  },
};

/** `standstill key join`: makes a joint key with other holders, through a folder that all of them share. */
export const command = defineCommand({
  summary: "Make a log's key together with other holders, so that no machine ever has it whole",
  arguments: { name: needed("<name>", "who you are among the holders", text) },
  options: {
    holders: needed("<names>", "all holders, you among them, as aster,borealis,cedar", names),
    needed: needed("<number>", "how many must sign together", count),
    folder: needed("<dir>", "a folder that all holders read and write, empty at first", path),
    share: needed("<file>", "where to store your share, encrypted", path),
    public: needed("<file>", "where to store what all know of the key", path),
    trustFolder: flag("do not ask to compare: only holders write to the folder"),
  },
  examples: [
    "standstill key join aster --holders aster,borealis,cedar,dune,ember --needed 3 --folder shared --share aster.share --public joint.json",
    "STANDSTILL_PASSPHRASE=... standstill key join dune --holders dune,ember --needed 2 --folder shared --share dune.share --public joint.json --trust-folder",
  ],
  action: async (given, terminal) => {
    const { name, holders, share, trustFolder } = given;
    const secret = await passphrase("Choose a passphrase for your share: ");
    await mkdir(given.folder, { recursive: true });
    const made = await joinCeremony({
      name,
      holders,
      needed: given.needed,
      folder: resolve(given.folder),
      confirm: (fingerprint) => confirm(fingerprint, trustFolder, terminal),
      onWait: (file) => terminal.err(`… waiting for ${file}`),
    });
    await writeNew(share, encryptShare(made.share, secret), 0o600);
    await writeNew(given.public, `${jointJson(made.public)}\n`, 0o644);
    const vkey = formatVerifier(jointVerifier("log.example/joint", made.public));
    terminal.answer({ share, public: given.public, vkey, ...made.public.signers }, () =>
      [
        `Your share, encrypted:      ${share}`,
        `What all know of the key:   ${given.public}; it must be the same file with every holder`,
        `As a log's key, for example: ${vkey}`,
      ].join("\n"),
    );
    return "ok";
  },
});

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
