import "../no-code-from-strings.ts";
import { audit } from "@standstill/audit";
import {
  canonicalJson,
  httpSource,
  type Json,
  parsePolicy,
  type RecordSource,
} from "@standstill/record";
import type { State } from "@standstill/replay";
import { type Round, roundOf } from "@standstill/views";
import { folderSource } from "./folder-source.ts";
import type { CheckMessage, CheckRequest } from "./messages.ts";

const tell = (message: CheckMessage) => self.postMessage(message);

self.addEventListener("message", (event: MessageEvent<CheckRequest>) => {
  check(event.data).catch((error: unknown) =>
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});

/** Audits the record as a stranger would, then compares what a page shows with what the record gives. */
async function check({ record, shown, policy }: CheckRequest): Promise<void> {
  let state: State | undefined;
  const report = await audit(sourceOf(record), {
    ...(policy === undefined ? {} : { policy: parsePolicy(policy) }),
    onProgress: (done, all) => tell({ kind: "progress", done, all }),
    onState: (replayed) => {
      state = replayed;
    },
  });
  tell({ kind: "done", report, sameRound: isSame(state, shown) });
}

function sourceOf(record: CheckRequest["record"]): RecordSource {
  if (typeof record === "string") return httpSource(record);
  const source = folderSource(record);
  if (source !== undefined) return source;
  throw new Error("expected a folder with a checkpoint in it, got none");
}

function isSame(state: State | undefined, shown: CheckRequest["shown"]): boolean | undefined {
  // Without a state there is nothing to compare the page with, which says nothing about the page.
  if (shown === undefined || state === undefined) return undefined;
  const { record: _, ...onPage } = shown;
  return canonicalJson(plain(roundOf(state))) === canonicalJson(plain(onPage));
}

function plain(round: Round): Json {
  return JSON.parse(JSON.stringify(round)) as Json;
}
