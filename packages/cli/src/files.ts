import { open, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Policy, parsePolicy, type SigningKey, textOf } from "@standstill/record";
import { readKey } from "@standstill/record/files";
import { parse } from "yaml";
import type { z } from "zod";
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

/** Largest file that is unpacked, in bytes. */
const MOST_UNPACKED_BYTES = 256 << 20;

/** Content of a file that a command takes in, unpacked where its name ends in `.gz`. */
export async function readUnpacked(path: string): Promise<Uint8Array> {
  const bytes = await readNamed(path, "a file");
  if (!path.endsWith(".gz")) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch {
    throw new UsageError(
      `expected gzip of at most ${MOST_UNPACKED_BYTES} bytes in ${path}, got something else`,
      "Give a file that gzip packed, or one without .gz in its name.",
    );
  }
}

/** YAML of a file that an option names; refuses what is none, and references that could make it grow. */
export async function yamlIn(path: string, option: string): Promise<unknown> {
  try {
    return parse(textOf(await readNamed(path, option)), { maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `expected YAML in ${path}, got: ${(error as Error).message.split("\n")[0]}`,
      `Mend the file that ${option} names; docs/monitor.md has examples.`,
    );
  }
}

/**
 * What a file of YAML or JSON says, by a schema.
 *
 * @param what what it should hold, in words
 * @param toDo what to do where it does not
 */
export async function schemaIn<Value>(
  path: string,
  option: string,
  schema: { safeParse(value: unknown): z.ZodSafeParseResult<Value> },
  what: string,
  toDo: string,
): Promise<Value> {
  const parsed = schema.safeParse(await yamlIn(path, option));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") || "the file";
  throw new UsageError(`expected ${what} in ${path}, got: ${place}: ${issue?.message}`, toDo);
}

/** Writes a file that is not there yet, durably. Never over one that is: a key there may be the only copy. */
export async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    const file = await open(path, "wx", mode);
    await file.writeFile(text);
    await file.sync();
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new UsageError(
      `expected a file that is not there yet, got ${path}`,
      "Choose another name; what is there is never replaced.",
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
