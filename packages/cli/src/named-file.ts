import { open, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Policy, parsePolicy, type SigningKey, textOf } from "@standstill/record";
import { readKey } from "@standstill/record/files";
import { parse } from "yaml";
import type { z } from "zod";
import type { NamedFile } from "./command/format.ts";
import { UsageError } from "./output.ts";
import { passphrase } from "./passphrase.ts";

/** Content of a file. */
export async function bytesOf({ path, option }: NamedFile): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new UsageError(
      `expected a file for ${option}, got ${path}, which cannot be read (${codeOf(error)})`,
      `Give ${option} the path of a file.`,
    );
  }
}

/** Content of a file as text; what is no UTF-8 is refused. */
export async function contentOf(file: NamedFile): Promise<string> {
  return textOf(await bytesOf(file));
}

/** Largest file that is unpacked, in bytes. */
const MOST_UNPACKED_BYTES = 256 << 20;

/** Content of a file that a command takes in, unpacked where its name ends in `.gz`. */
export async function unpackedBytesOf(file: NamedFile): Promise<Uint8Array> {
  const bytes = await bytesOf(file);
  if (!file.path.endsWith(".gz")) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (error) {
    throw new UsageError(
      `expected gzip of at most ${MOST_UNPACKED_BYTES} bytes in ${file.path}, got something else (${codeOf(error)})`,
      "Give a file that gzip packed, or one without .gz in its name.",
    );
  }
}

/** YAML of a file; refuses what is none, and references that could make it grow. */
export async function yamlOf(file: NamedFile): Promise<unknown> {
  const content = await contentOf(file);
  try {
    return parse(content, { maxAliasCount: 0 });
  } catch (error) {
    const [said] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageError(
      `expected YAML in ${file.path}, got: ${said}`,
      `Mend the file that ${file.option} names; docs/monitor.md has examples.`,
    );
  }
}

/**
 * What a file of YAML or JSON says, by a schema.
 *
 * @param what what it should hold, in words
 * @param toDo what to do where it does not
 */
export async function contentAs<Value>(
  file: NamedFile,
  schema: { safeParse(value: unknown): z.ZodSafeParseResult<Value> },
  what: string,
  toDo: string,
): Promise<Value> {
  return checked(await yamlOf(file), schema, `${what} in ${file.path}`, toDo);
}

/** A value by a schema; what does not fit is told with its place. */
export function checked<Value>(
  value: unknown,
  schema: { safeParse(value: unknown): z.ZodSafeParseResult<Value> },
  what: string,
  toDo: string,
): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") || "the whole of it";
  throw new UsageError(`expected ${what}, got: ${place}: ${issue?.message}`, toDo);
}

/** The policy in a file (c2sp.org/tlog-policy). */
export async function policyOf(file: NamedFile): Promise<Policy> {
  return parsePolicy(await contentOf(file));
}

/** The policy in a file, where one was named. */
export async function policyIfNamed(file: NamedFile | undefined): Promise<Policy | undefined> {
  return file === undefined ? undefined : policyOf(file);
}

/** The signing key in a file; an encrypted one with the passphrase that the environment or the terminal gives. */
export async function signingKeyOf(file: NamedFile): Promise<SigningKey> {
  const bytes = await bytesOf(file);
  const isEncrypted = textOf(bytes).startsWith("-----BEGIN ENCRYPTED");
  return readKey(bytes, isEncrypted ? await passphrase(`Passphrase of ${file.path}: `) : undefined);
}

/** Writes a file that is not there yet, durably. Never over one that is: a key there may be the only copy. */
export async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
