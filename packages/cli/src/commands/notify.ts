import { readFile } from "node:fs/promises";
import type { State } from "@standstill/replay";
import { FollowedRecord, NoticePoster, type Posted } from "@standstill/server";
import { type Notice, noticesOf } from "@standstill/views";
import { z } from "zod";
import { EXIT } from "../exit-codes.ts";
import { policyIn, readNamed } from "../files.ts";
import { json, type Terminal, UsageError } from "../output.ts";
import { sourceOf } from "../record-target.ts";
import { repeat, stopped } from "../serve.ts";

/** Options of `standstill notify`. */
export interface NotifyOptions {
  readonly since?: number;
  /** Where notices are posted; printed where absent. */
  readonly to?: string;
  readonly secret?: string;
  readonly state?: string;
  readonly every: number;
  readonly policy?: string;
  readonly json: boolean;
}

/** `standstill notify`: prints what happened as a mail would say it, or posts each notice to an address, signed, until it is stopped. */
export async function notifyCommand(
  target: string,
  options: NotifyOptions,
  terminal: Terminal,
): Promise<number> {
  const policy = options.policy === undefined ? undefined : await policyIn(options.policy);
  const record = new FollowedRecord(await sourceOf(target), policy);
  await record.refresh();
  if (options.to === undefined) {
    const notices = noticesOf(record.state, options.since ?? 0);
    terminal.out(options.json ? json({ notices }) : mailText(record.state, notices));
    return EXIT.ok;
  }
  const poster = await posterFor(options.to, options);
  const turn = async () => {
    await record.refresh();
    const failed = await poster.post(record.state);
    if (failed !== undefined)
      terminal.err(`${options.to} did not take ${failed.id}: ${failed.problem}; it is tried again`);
  };
  await turn();
  const end = repeat(turn, options.every, (error) => terminal.err(error.message));
  await stopped();
  await end();
  return EXIT.ok;
}

async function posterFor(
  address: string,
  { secret, state: path, since = 0 }: NotifyOptions,
): Promise<NoticePoster> {
  if (secret === undefined || path === undefined)
    throw new UsageError(
      "expected --secret and --state with --to, got none",
      "Give a file with the secret that the receiver knows, and one where to note what was posted.",
    );
  const posted = (await notedIn(path)) ?? { before: since, since: [] };
  return new NoticePoster({
    address,
    path,
    posted,
    secret: await readNamed(secret, "--secret"),
  });
}

const postedSchema = z.strictObject({ before: z.int().min(0), since: z.array(z.string()) });

async function notedIn(path: string): Promise<Posted | undefined> {
  try {
    const noted = postedSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (noted.success) return noted.data;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
  }
  throw new UsageError(
    `expected what was posted in ${path}, got something else`,
    "Give the file that this command wrote, or a new one.",
  );
}

function mailText(state: State, notices: readonly Notice[]): string {
  if (notices.length === 0) return "Nothing happened that people want to hear of.";
  return [
    `What the record tells, to entry ${state.size - 1}:`,
    ...notices.map(({ at, index, title, words }) =>
      [
        "",
        `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC${index === null ? "" : `, entry ${index}`}`,
        title,
        ...(words === "" ? [] : [`  ${words}`]),
      ].join("\n"),
    ),
  ].join("\n");
}
