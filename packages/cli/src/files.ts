import { readFile } from "node:fs/promises";
import { type Policy, parsePolicy, type SigningKey, textOf } from "@standstill/record";
import { readKey } from "@standstill/record/files";
import { UsageError } from "./output.ts";

/** Content of a file that an option or argument names. */
export async function readNamed(path: string, option: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    throw new UsageError(
      `expected a file for ${option}, got ${path}, which cannot be read`,
      `Give ${option} the path of a file.`,
    );
  }
}

/** The policy in a file (c2sp.org/tlog-policy). */
export async function policyIn(path: string): Promise<Policy> {
  return parsePolicy(textOf(await readNamed(path, "--policy")));
}

/** The signing key in a file; an encrypted one with the passphrase that the environment or the terminal gives. */
export async function keyIn(path: string, option = "--key"): Promise<SigningKey> {
  const bytes = await readNamed(path, option);
  const isEncrypted = textOf(bytes).startsWith("-----BEGIN ENCRYPTED");
  return readKey(bytes, isEncrypted ? await passphrase(`Passphrase of ${path}: `) : undefined);
}

/** A passphrase from STANDSTILL_PASSPHRASE, or typed where there is a terminal; it is not shown. */
export async function passphrase(question: string): Promise<string> {
  const given = process.env.STANDSTILL_PASSPHRASE;
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) {
    throw new UsageError(
      "expected a passphrase, got none",
      "Set STANDSTILL_PASSPHRASE, or run the command in a terminal.",
    );
  }
  process.stderr.write(question);
  process.stdin.setRawMode(true);
  let typed = "";
  try {
    for await (const chunk of process.stdin) {
      for (const character of String(chunk)) {
        if (character === "\r" || character === "\n") return typed;
        if (character === "\u0003") {
          throw new UsageError("expected a passphrase, got Ctrl-C", "Run the command again.");
        }
        typed = character === "\u007f" ? typed.slice(0, -1) : typed + character;
      }
    }
    return typed;
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stderr.write("\n");
  }
}
