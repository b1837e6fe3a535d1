import { setImmediate as nextTurn } from "node:timers/promises";
import { RefusedError } from "@standstill/operation";
import {
  decodeEnvelope,
  envelopeBody,
  envelopeSchema,
  RecordError,
  textOf,
} from "@standstill/record";
import { statementKinds } from "@standstill/replay";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { type RateLimit, RateLimits } from "../rate-limits.ts";
import type { Accepted, Registry } from "../registry.ts";
import { type ApiError, answerError, answerTooMany, errorOf } from "./errors.ts";
import { proofOf } from "./proofs.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

/** What senders may submit: statements by issuer, and refused ones by address. */
export interface SubmissionLimits {
  /** Admitted statements of one issuer. */
  readonly perIssuer: RateLimit;
  /** Submissions from one address that were not admitted. Checking a signature costs more than sending one. */
  readonly refusedPerAddress: RateLimit;
}

/** Longest wait for a receipt, in seconds. */
const LONGEST_WAIT = 60;
const MOST_IN_BATCH = 10_000;
const BATCH_BYTES = 32 << 20;
/** Statements of a batch that are admitted before others get their turn: some five milliseconds of work. */
const TOGETHER = 32;

const accepted = z.strictObject({
  index: z.int(),
  id: z.string(),
  known: z.boolean(),
  receipt: z.string().nullable().optional(),
});
const contradiction = z.strictObject({
  id: z.string(),
  issuer: z.string(),
  sequence: z.int(),
  envelope: envelopeSchema,
});
const error = z.strictObject({ code: z.string(), message: z.string() });
const waitQuery = z.strictObject({
  wait: z
    .string()
    .regex(/^[0-9]{1,2}$/)
    .optional(),
});

/** Room for any honest use; a flood from one key or address ends here. */
export const USUAL_LIMITS: SubmissionLimits = {
  perIssuer: { burst: 20_000, perSecond: 2_000 },
  refusedPerAddress: { burst: 2_000, perSecond: 50 },
};

/** Submitting signed statements, one by one or many at once; `onAppended` is called after each. */
export function submissionRoutes(
  server: FastifyInstance,
  registry: Registry,
  onAppended: () => void,
  limits: SubmissionLimits = USUAL_LIMITS,
): void {
  const issuers = new RateLimits(limits.perIssuer);
  const addresses = new RateLimits(limits.refusedPerAddress);
  // Described here, checked by the record: its own parser says more precisely what is wrong.
  const validatorCompiler = () => () => true;

  async function submitOne(bytes: Uint8Array): Promise<Accepted> {
    const signed = decodeEnvelope(bytes);
    const told = await registry.append(signed, (issuer) => {
      const wait = issuers.take(issuer, 1, Date.now());
      if (wait > 0)
        throw new TooManyError(`expected fewer statements by ${issuer}, got a flood`, wait);
    });
    onAppended();
    return told;
  }

  /** Refused bytes cost their sender, so that whoever sends only these is soon not listened to. */
  function charge(address: string, caught: unknown): void {
    if (caught instanceof RefusedError || caught instanceof RecordError) {
      addresses.take(address, 1, Date.now());
    }
  }

  function checkAddress(address: string): void {
    const wait = addresses.wait(address, Date.now());
    if (wait > 0) {
      const message = "expected fewer submissions that are refused from this address, got a flood";
      throw new TooManyError(message, wait);
    }
  }

  server.get(
    "/api/contradictions",
    {
      schema: {
        summary: "Signed statements that were refused because another with their number was there",
        description:
          "Each convicts its issuer together with the entry of that number. Anyone may put it on the record as contradiction/report.",
        response: {
          200: jsonSchema(z.strictObject({ contradictions: z.array(contradiction) })),
          ...errorAnswer,
        },
      },
    },
    async () => ({
      contradictions: registry.contradictions.map(({ id, statement, envelope }) => ({
        id,
        issuer: statement.issuer,
        sequence: statement.sequence,
        envelope: envelopeBody(envelope),
      })),
    }),
  );

  server.post<{ Body: Buffer; Querystring: { wait?: string } }>(
    "/api/statements",
    {
      validatorCompiler,
      schema: {
        body: jsonSchema(envelopeSchema),
        querystring: jsonSchema(waitQuery),
        summary: "Submit a signed statement; answered once it is durable",
        description: `The body is a DSSE envelope. A statement that the record has already is answered with 200 and its first index. With ?wait=<seconds>, up to ${LONGEST_WAIT}, the answer waits for the next cosigned checkpoint and brings the receipt; null if that came too late. Types: ${statementKinds.map(({ type }) => type).join(", ")}.`,
        response: { 200: jsonSchema(accepted), 201: jsonSchema(accepted), ...errorAnswer },
      },
    },
    async ({ body, query, ip }, reply) => {
      try {
        checkAddress(ip);
        const wait = waitQuery.safeParse(query);
        if (!wait.success || Number(wait.data.wait ?? 0) > LONGEST_WAIT) {
          const message = `expected ?wait= from 0 to ${LONGEST_WAIT} seconds, got another`;
          throw new RecordError("malformed-request", message);
        }
        const told = await submitOne(body ?? new Uint8Array(0));
        const receipt = await receiptFor(registry, told.index, wait.data.wait);
        return reply.code(told.known ? 200 : 201).send({ ...told, ...receipt });
      } catch (caught) {
        charge(ip, caught);
        return answer(caught, reply);
      }
    },
  );

  server.post<{ Body: Buffer }>(
    "/api/statements/batch",
    {
      validatorCompiler,
      bodyLimit: BATCH_BYTES,
      schema: {
        summary:
          "Submit many signed statements, one envelope a line; answered once all are durable",
        description: `At most ${MOST_IN_BATCH} lines of JSON. The answer has one item per line, in order: what was accepted, or the error. They are admitted one after the other, so a later one may rest on an earlier one.`,
        response: {
          200: jsonSchema(
            z.strictObject({ results: z.array(z.union([accepted, z.strictObject({ error })])) }),
          ),
          ...errorAnswer,
        },
      },
    },
    async ({ body, ip }, reply) => {
      try {
        checkAddress(ip);
        const lines = linesOf(body ?? new Uint8Array(0));
        const results: Promise<Accepted | ApiError>[] = [];
        for (const [i, line] of lines.entries()) {
          results.push(
            submitOne(line).catch((caught: unknown) => {
              charge(ip, caught);
              return { error: errorOf(caught) };
            }),
          );
          // Checking signatures takes time that others wait for.
          if (i % TOGETHER === TOGETHER - 1) await nextTurn();
        }
        return reply
          .type("application/json")
          .send(JSON.stringify({ results: await Promise.all(results) }));
      } catch (caught) {
        return answer(caught, reply);
      }
    },
  );
}

/** Too much from one sender: what was expected, and when there is room again. */
class TooManyError extends Error {
  override readonly name = "TooManyError";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(`${message}; try again in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function answer(caught: unknown, reply: FastifyReply): FastifyReply {
  return caught instanceof TooManyError
    ? answerTooMany(reply, caught.message, caught.retryAfterSeconds)
    : answerError(caught, reply);
}

async function receiptFor(registry: Registry, index: number, wait: string | undefined) {
  if (wait === undefined) return {};
  await registry.covered(index, Number(wait) * 1000);
  const proof = await proofOf(registry, index);
  return { receipt: proof === undefined ? null : textOf(proof) };
}

function linesOf(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(0x0a, at);
    const end = newline < 0 ? body.length : newline;
    if (end > at) lines.push(body.subarray(at, end));
    at = end + 1;
    if (lines.length > MOST_IN_BATCH) {
      const message = `expected at most ${MOST_IN_BATCH} envelopes in a batch, got more`;
      throw new RecordError("limit-exceeded", message);
    }
  }
  return lines;
}
