import type { ServerResponse } from "node:http";
import { SECOND_MS } from "@standstill/record";
import { noticesAt } from "../derived.ts";
import type { RecordView } from "../view.ts";

/** Streams of notices over one record, as server-sent events (WHATWG HTML, 9.2). */
export class NoticeStreams {
  readonly #view: RecordView;
  readonly #open = new Set<ServerResponse>();

  constructor(view: RecordView) {
    this.#view = view;
  }

  /**
   * Sends what is known from an entry of the record on, then new notices as it grows. A reader that does not read is cut off, and goes on from
   * the entry that it saw last, whose notices come again; more than a hundred at once are asked to come back.
   */
  open(response: ServerResponse, from: number): void {
    if (this.#open.size >= MOST_STREAMS) {
      response.writeHead(503, { "retry-after": "30" }).end();
      return;
    }
    this.#open.add(response);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 5000\n\n");
    let [size, spoke] = [Math.max(0, from), Date.now()];
    const look = () => {
      const { state } = this.#view;
      if (response.writableLength > MOST_UNREAD) response.destroy();
      if (state.size > size) {
        const fresh = noticesAt(state).filter(({ knownFrom }) => knownFrom >= size);
        size = state.size;
        for (const notice of fresh) {
          const { kind, knownFrom } = notice;
          response.write(`event: ${kind}\nid: ${knownFrom}\ndata: ${JSON.stringify(notice)}\n\n`);
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

const LOOK_MS = SECOND_MS;
const ALIVE_MS = 15 * SECOND_MS;
const MOST_STREAMS = 100;
/** Bytes that a reader may leave unread. */
const MOST_UNREAD = 1_000_000;
