import { createHmac } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { type Notice, noticesOf, type State } from "@standstill/replay";
import { FollowedRecord } from "@standstill/server";
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

const PATIENCE_MS = 5_000;

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
    const notices = freshIn(record.state, options.since ?? 0, new Set());
    terminal.out(options.json ? json({ notices }) : mailText(record.state, notices));
    return EXIT.ok;
  }
  const poster = await posterFor(options.to, options);
  const turn = async () => {
    await record.refresh();
    await poster.post(record.state, terminal);
  };
  await turn();
  const end = repeat(turn, options.every, (error) => terminal.err(error.message));
  await stopped();
  await end();
  return EXIT.ok;
}

/** Posts what was not posted yet, in order; what fails is tried again at the next turn, and nothing is left out. */
async function posterFor(to: string, { secret, state: path, since }: NotifyOptions) {
  if (secret === undefined || path === undefined)
    throw new UsageError(
      "expected --secret and --state with --to, got none",
      "Give a file with the secret that the receiver knows, and one where to note what was posted.",
    );
  const key = await readNamed(secret, "--secret");
  const posted = new Set<string>(await notedIn(path));
  return {
    post: async (state: State, terminal: Terminal) => {
      for (const notice of freshIn(state, since ?? 0, posted)) {
        const problem = await postOne(to, key, notice);
        if (problem !== undefined) {
          terminal.err(`${to} did not take ${notice.id}: ${problem}; it is tried again`);
          return;
        }
        posted.add(notice.id);
        await writeFile(path, JSON.stringify([...posted].slice(-10_000)));
      }
    },
  };
}

async function notedIn(path: string): Promise<string[]> {
  try {
    const noted: unknown = JSON.parse(await readFile(path, "utf8"));
    if (Array.isArray(noted)) return noted.map(String);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
  }
  throw new UsageError(
    `expected a list of what was posted in ${path}, got something else`,
    "Give the file that this command wrote, or a new one.",
  );
}

/**
 * Posts a notice, signed as Standard Webhooks have it: HMAC-SHA256 over id, time and body, with the secret that both know. A receiver that
 * does not answer within five seconds has not taken it.
 *
 * @returns why it was not taken; nothing where it was
 */
async function postOne(to: string, key: Uint8Array, notice: Notice): Promise<string | undefined> {
  const body = JSON.stringify({ type: `standstill.${notice.kind}`, data: notice });
  const time = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", key).update(`${notice.id}.${time}.${body}`).digest("base64");
  try {
    const answer = await fetch(to, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...{ "content-type": "application/json", "webhook-id": notice.id },
        ...{ "webhook-timestamp": time, "webhook-signature": `v1,${mac}` },
      },
      body,
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `status ${answer.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function freshIn(state: State, since: number, posted: ReadonlySet<string>): Notice[] {
  return noticesOf(state).filter(
    ({ id, index }) => !posted.has(id) && (index === null || index >= since),
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
