import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Followed, type Policy, reasonOf, type SplitView } from "@standstill/record";
import { compareMirror, createServer, keepSplitView, Mirror } from "@standstill/server";
import { defineCommand } from "../command/define.ts";
import { file, path, port, type RecordPlace, recordPlace, seconds } from "../command/format.ts";
import { flag, needed, several, usual } from "../command/input.ts";
import { policyOf } from "../named-file.ts";
import type { Terminal } from "../output.ts";
import { sourceAt } from "../record-place.ts";
import { listen, repeat, stopped } from "../serve.ts";

/** The page, as it was built. */
const PAGES = fileURLToPath(new URL("../../../dashboard/dist", import.meta.url));

/** `standstill mirror`: keeps a verified copy of a record, shows it, and compares it with what others are shown. */
export const command = defineCommand({
  summary: "Keep a verified copy of a record, show it, compare it with what others see",
  arguments: { record: needed("<dir|url>", "the record to follow", recordPlace) },
  options: {
    policy: needed("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", file),
    data: usual("<dir>", "where the copy lies", path, ".standstill-mirror"),
    port: usual("<number>", "port on 127.0.0.1", port, "7880"),
    every: usual("<seconds>", "how often to look", seconds, "10"),
    compare: several("<dir|url>", "another place that shows the record", recordPlace),
    once: flag("copy once, print what was new, and exit"),
  },
  examples: [
    "standstill mirror http://127.0.0.1:7878 --policy policy",
    "standstill mirror http://127.0.0.1:7878 --policy policy --compare http://127.0.0.1:7881 --once --json",
  ],
  exits: { forkedOrTruncated: "with --once: the log signed two histories" },
  action: async (
    { record, policy: named, data, port: at, every, compare: others, once },
    terminal,
  ) => {
    const policy = await policyOf(named);
    const directory = resolve(data);
    const mirror = await Mirror.open({
      directory,
      source: await sourceAt(record),
      policy,
      onProgress: (done, all) => {
        if (done % 25_600 === 0) terminal.err(`… ${done} of ${all} entries`);
      },
    });
    const look = async () => {
      const followed = await mirror.follow();
      const found = followed.kind === "split-view" ? followed.evidence : undefined;
      const evidence = found ?? (await compareAll(mirror, policy, others, terminal));
      const kept = evidence === undefined ? null : await keepSplitView(directory, evidence);
      if (kept !== null) terminal.err(CONVICTED(kept));
      return { followed, evidence: kept };
    };
    try {
      const { followed, evidence } = await look();
      if (once) {
        terminal.answer({ ...told(followed), evidence }, () => words(followed));
        return evidence === null ? "ok" : "forkedOrTruncated";
      }
      const server = await createServer({ record: mirror, directory, pages: PAGES });
      const url = await listen(server, at);
      terminal.answer(
        { address: url, ...told(followed) },
        () => `${words(followed)}\nShown at ${url}  (Ctrl-C stops it)`,
      );
      const end = repeat(look, every, (error) => terminal.err(`Not followed: ${error.message}`));
      await stopped();
      await end();
      await server.close();
      return "ok";
    } finally {
      await mirror.close();
    }
  },
});

const CONVICTED = (file: string) =>
  [
    "The log signed two histories that cannot both be true.",
    `Evidence: ${file}`,
    "Anyone with the log's key can check it: standstill check <file> --policy <policy>",
  ].join("\n");

/** Compares the copy with every other place; one that does not answer is told and left. */
async function compareAll(
  mirror: Mirror,
  policy: Policy,
  others: readonly RecordPlace[],
  terminal: Terminal,
): Promise<SplitView | undefined> {
  for (const place of others) {
    try {
      const found = await compareMirror(mirror, policy, await sourceAt(place));
      if (found !== undefined) return found;
    } catch (error) {
      terminal.err(`Not compared with ${place.at}: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

function told(followed: Followed): Record<string, unknown> {
  if (followed.kind === "grown") return { kind: "grown", from: followed.from, to: followed.to };
  if (followed.kind === "split-view") return { kind: "split-view" };
  return { ...followed };
}

function words(followed: Followed): string {
  if (followed.kind === "grown") {
    return `Copied and verified: entries ${followed.from} to ${followed.to - 1}.`;
  }
  if (followed.kind === "same") return `Nothing new: ${followed.size} entries, as before.`;
  if (followed.kind === "behind") {
    return `The other place is behind: it shows ${followed.theirs} entries, this copy has ${followed.size}.`;
  }
  return "The log signed two histories. This copy stays with the first.";
}
