import type { State } from "@standstill/replay";
import { FollowedRecord, NoticePoster } from "@standstill/server";
import { type Notice, noticesOf } from "@standstill/views";
import { defineCommand } from "../command/define.ts";
import { address, count, file, path, recordPlace, seconds } from "../command/format.ts";
import { needed, optional, usual } from "../command/input.ts";
import { bytesOf, policyIfNamed } from "../named-file.ts";
import { type Terminal, UsageError } from "../output.ts";
import { sourceAt } from "../record-place.ts";
import { repeat, stopped } from "../serve.ts";

/** `standstill notify`: prints what happened as a mail would say it, or posts each notice to an address, signed, until it is stopped. */
export const command = defineCommand({
  summary: "Tell what happened: print it, or post it signed to an address",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    since: optional("<entry>", "from this entry of the record on", count),
    to: optional("<address>", "post each notice there, until stopped", address),
    secret: optional("<file>", "secret that signs what is posted; the receiver knows it", file),
    state: optional("<file>", "where it is noted what was posted", path),
    every: usual("<seconds>", "how often the record is read", seconds, "30"),
    policy: optional("<file>", "whose log and witnesses are trusted", file),
  },
  examples: [
    "standstill notify .standstill --since 40 | mail -s Standstill desk@example.org",
    "standstill notify https://record.example/ --to https://desk.example/hook --secret hook.key --state posted.json",
  ],
  action: async ({ record: place, to, since = 0, secret, state, every, policy }, terminal) => {
    const record = new FollowedRecord(await sourceAt(place), await policyIfNamed(policy));
    await record.refresh();
    if (to === undefined) {
      const notices = noticesOf(record.state, since);
      terminal.answer({ notices }, () => mailText(record.state, notices));
      return "ok";
    }
    if (secret === undefined || state === undefined)
      throw new UsageError(
        "expected --secret and --state with --to, got none",
        "Give a file with the secret that the receiver knows, and one where to note what was posted.",
      );
    const key = await bytesOf(secret);
    const poster = await NoticePoster.open({ address: to, secret: key, path: state, since });
    await postUntilStopped(record, poster, to, every, terminal);
    return "ok";
  },
});

async function postUntilStopped(
  record: FollowedRecord,
  poster: NoticePoster,
  to: string,
  every: number,
  terminal: Terminal,
): Promise<void> {
  const turn = async () => {
    await record.refresh();
    const failed = await poster.post(record.state);
    if (failed !== undefined)
      terminal.err(`${to} did not take ${failed.id}: ${failed.problem}; it is tried again`);
  };
  await turn();
  const end = repeat(turn, every, (error) => terminal.err(error.message));
  await stopped();
  await end();
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
