import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EvidenceError } from "@standstill/evidence";
import { z } from "zod";

/** File in which a running monitor says at which address it takes files in: one process owns a directory. */
const ADDRESS_FILE = "monitor.address";

const statusSchema = z.looseObject({ site: z.string() });
const takenSchema = z.record(z.string(), z.unknown());

/** Says in a directory of telemetry whom to ask. */
export async function sayAddress(telemetryDirectory: string, url: string): Promise<void> {
  await writeFile(join(telemetryDirectory, ADDRESS_FILE), url);
}

/** Gives files to a monitor that runs on a directory, over its API. */
export class MonitorClient {
  /** Where it answers. */
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  /** The monitor that said its address in a directory; nothing where none did. */
  static async of(telemetryDirectory: string): Promise<MonitorClient | undefined> {
    const file = join(telemetryDirectory, ADDRESS_FILE);
    try {
      return new MonitorClient(await readFile(file, "utf8"));
    } catch (error) {
      // No file is an answer: no monitor runs there. One that cannot be read is a fault to be told.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Whose monitor it is. @throws EvidenceError `store-unavailable` where it does not answer */
  async site(): Promise<string> {
    const answer = await this.#ask("api/status");
    return this.#as(statusSchema, answer.text).site;
  }

  /**
   * Hands a file's content in.
   *
   * @param map how a table or a log of another system fits
   * @returns what the monitor says of it
   * @throws EvidenceError `store-unavailable` where it does not answer, `malformed-file` where it does not take the file
   */
  async give(
    format: string,
    content: Uint8Array,
    map: unknown,
  ): Promise<Readonly<Record<string, unknown>>> {
    const asked = new URLSearchParams({ format });
    if (map !== undefined) asked.set("map", JSON.stringify(map));
    const body = new Uint8Array(content);
    const answer = await this.#ask(`api/import?${asked}`, { method: "POST", body });
    if (answer.status === 200) return this.#as(takenSchema, answer.text);
    throw new EvidenceError(
      "malformed-file",
      `expected the monitor at ${this.address} to take the file in, got ${answer.status}: ${answer.text.trim()}`,
    );
  }

  async #ask(path: string, init: RequestInit = {}) {
    try {
      const response = await fetch(`${this.address}${path}`, init);
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      throw new EvidenceError(
        "store-unavailable",
        `expected the monitor at ${this.address} to answer, got nothing, though a process has the directory; wait until it is ready, or stop it`,
        { cause },
      );
    }
  }

  #as<Value>(schema: z.ZodType<Value>, text: string): Value {
    const read = schema.safeParse(jsonIn(text));
    if (read.success) return read.data;
    throw new EvidenceError(
      "store-unavailable",
      `expected an answer of a monitor at ${this.address}, got something else`,
    );
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it.
    return undefined;
  }
}
