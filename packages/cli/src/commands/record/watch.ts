import { dirname, join, resolve } from "node:path";
import { type Seen, Watcher } from "@standstill/audit";
import { intervalOf, textOf, utf8 } from "@standstill/record";
import { readIfThere, writeDurably } from "@standstill/record/files";
import { findStatements } from "@standstill/views";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { policyIn } from "../../files.ts";
import { type Terminal, UsageError } from "../../output.ts";
import { sourceOf } from "../../record-target.ts";
import { repeat, stopped } from "../../serve.ts";

/** Options of `standstill watch`. */
export interface WatchOptions {
  readonly policy?: string;
  readonly issuer?: string;
  readonly type?: string;
  readonly party?: string;
  readonly resume?: string;
  readonly every: number;
  readonly once: boolean;
  readonly json: boolean;
}

const bookmarkSchema = z.strictObject({ next: z.int().min(0), checkpoint: z.string() });

/** `standstill watch`: prints new statements as they appear, each verified, and goes on where it stopped. */
export async function watchCommand(
  target: string,
  options: WatchOptions,
  terminal: Terminal,
): Promise<number> {
  const bookmark = await readBookmark(options.resume);
  const policy = options.policy === undefined ? undefined : await policyIn(options.policy);
  const since = bookmark === undefined ? undefined : utf8(bookmark.checkpoint);
  const watcher = new Watcher(await sourceOf(target), policy, since);
  let next = bookmark?.next ?? 0;
  const look = async () => {
    const seen = await watcher.look(next);
    print(seen, next, options, terminal);
    next = seen.state.size;
    await writeBookmark(options.resume, { next, checkpoint: textOf(seen.note) });
  };
  await look();
  if (options.once) return EXIT.ok;
  const end = repeat(look, options.every, (error) =>
    terminal.err(`Not verified: ${error.message}`),
  );
  await stopped();
  await end();
  return EXIT.ok;
}

function print(
  { state, statements }: Seen,
  from: number,
  { issuer, type, party, json }: WatchOptions,
  terminal: Terminal,
): void {
  const fresh = new Set(statements.map(({ index }) => index));
  for (const summary of findStatements(state, { issuer, type, party, from })) {
    if (!fresh.has(summary.index)) continue;
    const time = intervalOf(state, summary.index);
    terminal.out(
      json
        ? JSON.stringify({ ...summary, time })
        : `${String(summary.index).padStart(6)}  ${(time.notBefore ?? "before any mark").padEnd(24)}  ${summary.issuer.padEnd(12)}  ${summary.type}`,
    );
  }
}

async function readBookmark(path: string | undefined) {
  const bytes = path === undefined ? undefined : await readIfThere(path);
  if (bytes === undefined) return undefined;
  try {
    return bookmarkSchema.parse(JSON.parse(textOf(bytes)));
  } catch {
    throw new UsageError(
      `expected a bookmark that an earlier watch wrote, got something else in ${path}`,
      "Name another file with --resume, or remove this one to begin anew.",
    );
  }
}

async function writeBookmark(path: string | undefined, bookmark: z.infer<typeof bookmarkSchema>) {
  if (path === undefined) return;
  const file = resolve(path);
  await writeDurably(
    file,
    utf8(`${JSON.stringify(bookmark)}\n`),
    join(dirname(file), ".standstill-temporary"),
  );
}
