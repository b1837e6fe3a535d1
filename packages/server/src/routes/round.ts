import { calendarOf } from "@standstill/adjudication";
import { CHECKPOINT_PATH, parseCheckpoint, parseNote, textOf, toBase64 } from "@standstill/record";
import { atomFeed, NEWEST_NOTICES, type PublishedRound } from "@standstill/views";
import type { FastifyInstance } from "fastify";
import { agreementAt, noticesAt, roundAt } from "../derived.ts";
import type { RecordView } from "../view.ts";
import { NoticeStreams } from "./notice-stream.ts";
import { errorAnswer, statementSchemas } from "./schemas.ts";

/** Sums up a record's state, with its newest checkpoint. */
export async function publishedRound(view: RecordView): Promise<PublishedRound> {
  const note = await view.source.read(CHECKPOINT_PATH);
  const round = roundAt(view.state);
  if (note === undefined) return { ...round, record: { size: 0, root: "", checkpoint: "" } };
  const { size, root } = parseCheckpoint(parseNote(note).text);
  return { ...round, record: { size, root: toBase64(root), checkpoint: textOf(note) } };
}

const since = {
  type: "object",
  properties: {
    since: {
      type: "integer",
      minimum: 0,
      description: "Entry of the record; what was not known before it.",
    },
  },
} as const;

/** What holds now, the agreement it rests on, and the schemas of all statements. */
export function roundRoutes(server: FastifyInstance, view: RecordView): void {
  const streams = new NoticeStreams(view);
  server.addHook("preClose", async () => streams.close());
  server.get(
    "/api/round",
    { schema: { summary: "Verdicts by party, who is bound and why", response: errorAnswer } },
    async () => publishedRound(view),
  );
  server.get(
    "/api/agreement",
    {
      schema: {
        summary: "Terms, adoption, the coalition with its history, and what is to come",
        response: errorAnswer,
      },
    },
    async () => agreementAt(view.state),
  );
  server.get(
    "/deadlines.ics",
    { schema: { summary: "What is due from whom, as a calendar (RFC 5545)" } },
    async (_request, reply) => {
      const { agreement, clock } = view.state;
      const { deadlines, reportsDue } = roundAt(view.state);
      const name = agreement.terms?.log.vkey.split("+")[0] ?? "record";
      return reply
        .type("text/calendar; charset=utf-8")
        .send(calendarOf(deadlines, reportsDue, name, clock.at));
    },
  );
  server.get<{ Querystring: { since?: number } }>(
    "/api/notices",
    {
      schema: {
        summary:
          "What people want to hear of, the newest last: the newest 200, or all from an entry of the record on",
        querystring: since,
        response: errorAnswer,
      },
    },
    async ({ query: { since } }) => {
      const { state } = view;
      const all = noticesAt(state);
      const notices =
        since === undefined
          ? all.slice(-NEWEST_NOTICES)
          : all.filter(({ knownFrom }) => knownFrom >= since);
      return { notices, next: state.size };
    },
  );
  server.get(
    "/feed.atom",
    { schema: { summary: "The same as a feed (RFC 4287)" } },
    async (request, reply) => {
      const { agreement, clock } = view.state;
      const name = agreement.terms?.log.vkey.split("+")[0] ?? "record";
      const address = `${request.protocol}://${request.host}/`;
      const feed = atomFeed(noticesAt(view.state).slice(-NEWEST_NOTICES), name, address, clock.at);
      return reply.type("application/atom+xml; charset=utf-8").send(feed);
    },
  );
  server.get(
    "/api/events",
    { schema: { summary: "The same as an event stream: new ones as the record grows" } },
    async (request, reply) => {
      reply.hijack();
      const seen = Number(request.headers["last-event-id"] ?? 0);
      streams.open(reply.raw, Number.isInteger(seen) ? seen : 0);
    },
  );
  server.get(
    "/api/schemas",
    { schema: { summary: "JSON Schema of every statement's body, by type" } },
    async () => statementSchemas(),
  );
}
