import type { ServerResponse } from "node:http";
import { noticesOf } from "@standstill/replay";
import type { RecordView } from "../view.ts";

const LOOK_MS = 1000;
const ALIVE_MS = 15_000;
const MOST_STREAMS = 100;
/** Bytes that a reader may leave unread. */
const MOST_UNREAD = 1_000_000;

/** Streams of notices over one record, as server-sent events (WHATWG HTML, 9.2). */
export class NoticeStreams {
  readonly #view: RecordView;
  readonly #open = new Set<ServerResponse>();

  constructor(view: RecordView) {
    this.#view = view;
  }

  /**
   * Sends the notices of entries from a size of the record on, then new ones as it grows. A reader that does not read is cut off; more than a
   * hundred at once are asked to come back.
   */
  open(response: ServerResponse, fromSize: number): void {
    if (this.#open.size >= MOST_STREAMS) {
      response.writeHead(503, { "retry-after": "30" }).end();
      return;
    }
    this.#open.add(response);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 5000\n\n");
    const sent = new Set<string>();
    let [size, spoke] = [-1, Date.now()];
    const look = () => {
      const { state } = this.#view;
      if (response.writableLength > MOST_UNREAD) response.destroy();
      if (state.size > size) {
        size = state.size;
        const fresh = noticesOf(state).filter(
          ({ id, index }) => !sent.has(id) && (index ?? size) >= fromSize,
        );
        for (const notice of fresh) {
          sent.add(notice.id);
          const lines = [`event: ${notice.kind}`, `id: ${size}`, `data: ${JSON.stringify(notice)}`];
          response.write(`${lines.join("\n")}\n\n`);
          spoke = Date.now();
        }
      }
      if (Date.now() - spoke > ALIVE_MS) {
        response.write(": alive\n\n");
        spoke = Date.now();
      }
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    response.on("close", () => {
      clearInterval(timer);
      this.#open.delete(response);
    });
  }

  /** Ends all streams, as before the server closes. */
  close(): void {
    for (const response of this.#open) response.end();
  }
}
