import {
  decodeEntry,
  envelopeSchema,
  intervalOf,
  nameSchema,
  sha256Schema,
  statementSchema,
} from "@standstill/record";
import { findStatements } from "@standstill/views";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RecordView } from "../view.ts";
import { answerNotFound } from "./errors.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

/** Reading statements: lists by whatever is known of them, and one with its envelope. */
export function statementRoutes(server: FastifyInstance, view: RecordView): void {
  server.get<{ Querystring: z.infer<typeof listQuery> }>(
    "/api/statements",
    {
      schema: {
        summary: "Admitted statements, oldest first, by id, issuer, sequence, type, party or time",
        description:
          "Party: issued by it or about it. After and before: made between them for all that the record's marks tell.",
        querystring: jsonSchema(listQuery),
        response: {
          200: jsonSchema(z.strictObject({ size: z.int(), statements: z.array(summary) })),
          ...errorAnswer,
        },
      },
    },
    async ({ query: { from, limit, sequence, after, before, ...exact } }) => {
      const { state } = view;
      const statements = findStatements(state, {
        ...exact,
        from: Number(from ?? 0),
        limit: Math.min(MOST_LISTED, Number(limit ?? MOST_LISTED)),
        sequence: sequence === undefined ? undefined : Number(sequence),
        after: after === undefined ? undefined : Date.parse(after),
        before: before === undefined ? undefined : Date.parse(before),
      });
      return { size: state.size, statements };
    },
  );

  server.get<{ Params: { index: string } }>(
    "/api/statements/:index",
    {
      schema: {
        summary: "One statement with its envelope, and between which marks it was made",
        params: jsonSchema(z.strictObject({ index: whole })),
        response: { 200: jsonSchema(one), ...errorAnswer },
      },
    },
    async ({ params }, reply) => {
      const index = Number(params.index);
      const entry = await view.entry(index);
      if (entry === undefined) {
        return answerNotFound(reply, `expected an index below ${view.state.size}, got ${index}`);
      }
      const { id, statement } = decodeEntry(entry);
      const time = intervalOf(view.state, index);
      return { index, id, time, statement, entry: JSON.parse(Buffer.from(entry).toString("utf8")) };
    },
  );
}

const MOST_LISTED = 1000;
const summary = z.strictObject({
  index: z.int(),
  id: z.string(),
  type: z.string(),
  issuer: z.string(),
  sequence: z.int(),
  issuedAt: z.string(),
  party: z.string(),
});
/** Whole numbers in addresses are text until they are known to be whole: coercion would let 1e400 through. */
const whole = z.string().regex(/^(?:0|[1-9][0-9]{0,8})$/);
const instant = z.iso.datetime();
const listQuery = z.strictObject({
  from: whole.optional(),
  limit: whole.optional(),
  id: sha256Schema.optional(),
  issuer: nameSchema.optional(),
  sequence: whole.optional(),
  type: nameSchema.optional(),
  party: nameSchema.optional(),
  after: instant.optional(),
  before: instant.optional(),
});
const one = z.strictObject({
  index: z.int(),
  id: z.string(),
  time: z.strictObject({
    notBefore: z.string().nullable(),
    notAfter: z.string().nullable(),
    provenNotBefore: z.string().nullable(),
    provenNotAfter: z.string().nullable(),
  }),
  statement: statementSchema,
  entry: envelopeSchema,
});
