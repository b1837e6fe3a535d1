import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import {
  GateError,
  Ledger,
  type LedgerEvent,
  type LedgerSnapshot,
  parseRequest,
} from "@standstill/gate";
import { localDisk, takeLock } from "@standstill/record/files";
import { z } from "zod";

/** A ledger in a file of lines: what is written is on disk before anybody is told. */
export class LedgerFile {
  readonly ledger: Ledger;
  readonly #file: FileHandle;
  readonly #lock: { release(): Promise<void> };
  #last: Promise<void> = Promise.resolve();

  private constructor(ledger: Ledger, file: FileHandle, lock: { release(): Promise<void> }) {
    this.ledger = ledger;
    this.#file = file;
    this.#lock = lock;
  }

  /**
   * Opens a ledger, or begins one. A last line that was cut off by a crash was told to nobody, and is dropped.
   *
   * @throws GateError `malformed-ledger` where any other line is none
   * @throws RecordError `store-locked` while another gate has it
   */
  static async open(path: string): Promise<LedgerFile> {
    const lock = await takeLock(localDisk, `${path}.lock`);
    try {
      return await LedgerFile.#read(path, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  static async #read(path: string, lock: { release(): Promise<void> }): Promise<LedgerFile> {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    const lines = whole.split("\n").slice(0, -1);
    const ledger = Ledger.of(lines.map((line, i) => eventIn(line, i + 1)));
    if (lines.length >= WORTH_COMPACTING || whole.length < text.length)
      await writeAnew(path, ledger);
    return new LedgerFile(ledger, await open(path, "a", 0o600), lock);
  }

  /** Takes a change in, and resolves once it is on disk. */
  write(event: LedgerEvent): Promise<void> {
    this.ledger.apply(event);
    const line = `${JSON.stringify(event)}\n`;
    this.#last = this.#last.then(async () => {
      await this.#file.appendFile(line);
      await this.#file.datasync();
    });
    return this.#last;
  }

  /** Waits for what is under way, and gives the file up. */
  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
    await this.#lock.release();
  }
}

const flop = z.string().regex(/^(?:0|[1-9][0-9]{0,99})$/, "expected FLOP in decimal");
/** A line of the file. */
const eventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("reserve"),
    at: z.number(),
    until: z.number(),
    flop,
    request: z.unknown().transform(parseRequest),
  }),
  z.strictObject({ kind: z.literal("end"), at: z.number(), job: z.string() }),
  z.strictObject({
    kind: z.literal("sums"),
    runs: z.array(z.tuple([z.string(), flop])),
    days: z.array(
      z.strictObject({
        day: z.int(),
        all: flop,
        undeclaredTraining: flop,
        uses: z.array(z.tuple([z.string(), flop])),
      }),
    ),
  }),
]);

/** Lines from which on a ledger is written anew when it is opened. */
const WORTH_COMPACTING = 10_000;

async function writeAnew(path: string, ledger: Ledger): Promise<void> {
  const aside = await open(`${path}.new`, "w", 0o600);
  try {
    for (const event of ledger.toEvents()) await aside.appendFile(`${JSON.stringify(event)}\n`);
    await aside.datasync();
  } finally {
    await aside.close();
  }
  await rename(`${path}.new`, path);
}

function eventIn(line: string, number: number): LedgerEvent | LedgerSnapshot {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    // Told below, as any other line that is none.
  }
  throw new GateError(
    "malformed-ledger",
    `line ${number}: expected a change of a ledger, got none`,
  );
}
