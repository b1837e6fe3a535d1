import { dirname, join, resolve } from "node:path";
import { type Seen, Watcher } from "@standstill/audit";
import { intervalOf, textOf, utf8 } from "@standstill/record";
import { readIfThere, writeDurably } from "@standstill/record/files";
import { findStatements } from "@standstill/views";
import { z } from "zod";
import { defineCommand } from "../command/define.ts";
import { file, path, recordPlace, seconds, text } from "../command/format.ts";
import { flag, needed, optional, usual } from "../command/input.ts";
import { policyIfNamed } from "../named-file.ts";
import { type Answering, UsageError } from "../output.ts";
import { sourceAt } from "../record-place.ts";
import { repeat, stopped } from "../serve.ts";

const bookmarkSchema = z.strictObject({ next: z.int().min(0), checkpoint: z.string() });

/** `standstill watch`: prints new statements as they appear, each verified, and goes on where it stopped. */
export const command = defineCommand({
  summary: "Print new statements as they appear, each verified",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    policy: optional("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", file),
    issuer: optional("<name>", "only those that it issued", text),
    type: optional("<type>", "only of this type, as run/declare", text),
    party: optional("<name>", "only those by this party or about it", text),
    resume: optional("<file>", "remember there what was seen, and go on from it", path),
    every: usual("<seconds>", "how often to look", seconds, "10"),
    once: flag("print what is new and exit"),
  },
  notes: ["With --json, each statement is an object on a line of its own."],
  examples: [
    "standstill watch http://127.0.0.1:7878 --issuer aster",
    "standstill watch http://127.0.0.1:7878 --resume seen.json --once --json",
  ],
  action: async ({ record, policy, resume, every, once, ...wanted }, terminal) => {
    const bookmark = await readBookmark(resume);
    const since = bookmark === undefined ? undefined : utf8(bookmark.checkpoint);
    const watcher = new Watcher(await sourceAt(record), await policyIfNamed(policy), since);
    let next = bookmark?.next ?? 0;
    const look = async () => {
      const seen = await watcher.look(next);
      print(seen, { ...wanted, from: next }, terminal);
      next = seen.state.size;
      await writeBookmark(resume, { next, checkpoint: textOf(seen.note) });
    };
    await look();
    if (once) return "ok";
    const end = repeat(look, every, (error) => terminal.err(`Not verified: ${error.message}`));
    await stopped();
    await end();
    return "ok";
  },
});

function print(
  { state, statements, notUnderstood }: Seen,
  wanted: Parameters<typeof findStatements>[1],
  terminal: Answering,
): void {
  for (const { index, message } of notUnderstood)
    terminal.err(`Entry ${index} is not shown, as this program does not understand it: ${message}`);
  const fresh = new Set(statements.map(({ index }) => index));
  for (const summary of findStatements(state, wanted)) {
    if (!fresh.has(summary.index)) continue;
    const time = intervalOf(state, summary.index);
    terminal.out(
      terminal.isJson
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
    // Whatever is wrong in it, this is no bookmark, and nobody wrote it by hand who would look for the place.
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
