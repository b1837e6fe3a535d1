import "../no-code-from-strings.ts";
import { canonicalJson, httpSource, type Json } from "@standstill/record";
import { audit, type Round, roundOf, type State } from "@standstill/replay";
import type { CheckMessage, CheckRequest } from "./messages.ts";

const tell = (message: CheckMessage) => self.postMessage(message);

self.addEventListener("message", (event: MessageEvent<CheckRequest>) => {
  check(event.data).catch((error: unknown) =>
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});

/** Audits the record as a stranger would, then compares what the page shows with what the record gives. */
async function check({ record, shown }: CheckRequest): Promise<void> {
  let state: State | undefined;
  const report = await audit(httpSource(record), {
    onProgress: (done, all) => tell({ kind: "progress", done, all }),
    onState: (replayed) => {
      state = replayed;
    },
  });
  const { record: _, ...onPage } = shown;
  const sameRound =
    state !== undefined && canonicalJson(plain(roundOf(state))) === canonicalJson(plain(onPage));
  tell({ kind: "done", report, sameRound });
}

function plain(round: Round): Json {
  return JSON.parse(JSON.stringify(round)) as Json;
}
