import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CHECKPOINT_PATH,
  compare,
  type Followed,
  openTrusted,
  type Policy,
  type SplitView,
  sha256,
  toHex,
  utf8,
} from "@standstill/record";
import { createServer, Mirror } from "@standstill/server";
import { EXIT } from "../../exit-codes.ts";
import { policyIn } from "../../files.ts";
import { json, type Terminal } from "../../output.ts";
import { sourceOf } from "../../record-target.ts";
import { listen, repeat, stopped } from "../../serve.ts";

const PAGES = fileURLToPath(new URL("../../../../dashboard/dist", import.meta.url));

/** Options of `standstill mirror`. */
export interface MirrorCommandOptions {
  readonly policy: string;
  readonly data: string;
  readonly port: number;
  readonly every: number;
  /** Other places that show the same record. */
  readonly compare: readonly string[];
  readonly once: boolean;
  readonly json: boolean;
}

/** `standstill mirror`: keeps a verified copy of a record, shows it, and compares it with what others are shown. */
export async function mirrorCommand(
  target: string,
  options: MirrorCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const policy = await policyIn(options.policy);
  const directory = resolve(options.data);
  const mirror = await Mirror.open({
    directory,
    source: await sourceOf(target),
    policy,
    onProgress: (done, all) => {
      if (done % 25_600 === 0) terminal.err(`… ${done} of ${all} entries`);
    },
  });
  const look = async () => {
    const followed = await mirror.follow();
    const found = followed.kind === "split-view" ? followed.evidence : undefined;
    const evidence = found ?? (await compareAll(mirror, policy, options.compare, terminal));
    const file = evidence === undefined ? undefined : await keepEvidence(directory, evidence);
    if (file !== undefined) terminal.err(CONVICTED(file));
    return { followed, evidence: file };
  };
  try {
    const first = await look();
    if (options.once) {
      terminal.out(
        options.json
          ? json({ ...told(first.followed), evidence: first.evidence ?? null })
          : words(first.followed),
      );
      return first.evidence === undefined ? EXIT.ok : EXIT.forkedOrTruncated;
    }
    const server = await createServer({ record: mirror, directory, pages: PAGES });
    const url = await listen(server, options.port);
    terminal.out(
      options.json
        ? json({ address: url, ...told(first.followed) })
        : `${words(first.followed)}\nShown at ${url}  (Ctrl-C stops it)`,
    );
    const end = repeat(look, options.every, (error) =>
      terminal.err(`Not followed: ${error.message}`),
    );
    await stopped();
    await end();
    await server.close();
    return EXIT.ok;
  } finally {
    await mirror.close();
  }
}

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
  others: readonly string[],
  terminal: Terminal,
): Promise<SplitView | undefined> {
  const { shown, source } = mirror;
  if (shown === undefined) return undefined;
  const own = { source, note: shown, ...openTrusted(shown, policy) };
  for (const target of others) {
    try {
      const other = await sourceOf(target);
      const note = await other.read(CHECKPOINT_PATH);
      if (note === undefined) throw new Error("no checkpoint there");
      const { checkpoint } = openTrusted(note, policy);
      const found = await compare(own, { source: other, note, checkpoint }, own.log);
      if (found !== undefined) return found;
    } catch (error) {
      terminal.err(`Not compared with ${target}: ${(error as Error).message}`);
    }
  }
  return undefined;
}

async function keepEvidence(directory: string, evidence: SplitView): Promise<string> {
  const text = `${json(evidence)}\n`;
  const folder = join(directory, "evidence");
  const file = join(folder, `split-view-${toHex(sha256(utf8(text))).slice(0, 16)}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, text);
  return file;
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
