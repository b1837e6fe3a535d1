import { decodeEntry, envelopeSchema, statementSchema } from "@standstill/record";
import { intervalOf, type State, statementKinds } from "@standstill/replay";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Registry } from "../registry.ts";
import { answerNotFound } from "./errors.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

const MOST_LISTED = 1000;
const summary = z.strictObject({
  index: z.int(),
  id: z.string(),
  type: z.string(),
  issuer: z.string(),
  sequence: z.int(),
  issuedAt: z.string(),
});
/** Whole numbers in addresses are text until they are known to be whole: coercion would let 1e400 through. */
const whole = z.string().regex(/^(?:0|[1-9][0-9]{0,8})$/);
const listQuery = z.strictObject({ from: whole.optional(), limit: whole.optional() });
const one = z.strictObject({
  index: z.int(),
  id: z.string(),
  time: z.strictObject({ notBefore: z.string().nullable(), notAfter: z.string().nullable() }),
  statement: statementSchema,
  entry: envelopeSchema,
});

/** Reading statements, and submitting signed ones. */
export function statementRoutes(server: FastifyInstance, registry: Registry): void {
  server.get<{ Querystring: { from?: string; limit?: string } }>(
    "/api/statements",
    {
      schema: {
        summary: "Admitted statements, oldest first",
        querystring: jsonSchema(listQuery),
        response: {
          200: jsonSchema(z.strictObject({ size: z.int(), statements: z.array(summary) })),
          ...errorAnswer,
        },
      },
    },
    async ({ query }) => {
      const { size, statements } = registry.state;
      const from = Number(query.from ?? 0);
      const limit = Math.min(MOST_LISTED, Number(query.limit ?? MOST_LISTED));
      return {
        size,
        statements: listed(statements, from, limit),
      };
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
      const entry = await registry.entry(index);
      if (entry === undefined) {
        return answerNotFound(
          reply,
          `expected an index below ${registry.state.size}, got ${index}`,
        );
      }
      const { id, statement } = decodeEntry(entry);
      const time = intervalOf(registry.state, index);
      return { index, id, time, statement, entry: JSON.parse(Buffer.from(entry).toString("utf8")) };
    },
  );

  server.post<{ Body: Buffer }>(
    "/api/statements",
    {
      // Described here, checked by the record: its own parser says more precisely what is wrong.
      validatorCompiler: () => () => true,
      schema: {
        body: jsonSchema(envelopeSchema),
        summary: "Submit a signed statement; answered once it is durable",
        description: `The body is a DSSE envelope. Types: ${statementKinds.map(({ kind }) => kind.type).join(", ")}.`,
        response: {
          201: jsonSchema(z.strictObject({ index: z.int(), id: z.string() })),
          ...errorAnswer,
        },
      },
    },
    async ({ body }, reply) =>
      reply.code(201).send(await registry.submit(body ?? new Uint8Array(0))),
  );
}

/** So many statements from an entry on. Entries of the record are statements but for the keeper's faults. */
function listed(
  statements: State["statements"],
  from: number,
  limit: number,
): z.infer<typeof summary>[] {
  let place = Math.min(from, statements.size);
  while (place > 0 && (statements.get(place - 1)?.index ?? 0) >= from) place--;
  return statements.slice(place, place + limit);
}
