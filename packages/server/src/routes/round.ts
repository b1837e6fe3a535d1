import { coalitionToJson, elapseTo, rulesOf } from "@standstill/agreement";
import { CHECKPOINT_PATH, parseCheckpoint, parseNote, textOf, toBase64 } from "@standstill/record";
import { type PublishedRound, roundOf } from "@standstill/replay";
import type { FastifyInstance } from "fastify";
import type { Registry } from "../registry.ts";
import { errorAnswer, statementSchemas } from "./schemas.ts";

/** Sums up a registry's state, with its newest checkpoint. */
export async function publishedRound(registry: Registry): Promise<PublishedRound> {
  const note = await registry.source.read(CHECKPOINT_PATH);
  const round = roundOf(registry.state);
  if (note === undefined) return { ...round, record: { size: 0, root: "", checkpoint: "" } };
  const { size, root } = parseCheckpoint(parseNote(note).text);
  return { ...round, record: { size, root: toBase64(root), checkpoint: textOf(note) } };
}

/** What holds now, the agreement it rests on, and the schemas of all statements. */
export function roundRoutes(server: FastifyInstance, registry: Registry): void {
  server.get(
    "/api/round",
    { schema: { summary: "Verdicts by party, who is bound and why", response: errorAnswer } },
    async () => publishedRound(registry),
  );
  server.get(
    "/api/agreement",
    {
      schema: {
        summary: "Terms, adoption, the coalition with its history, and what is to come",
        response: errorAnswer,
      },
    },
    async () => {
      const { terms, hash, inForceSince, coalition, amendments } = registry.state.agreement;
      const end =
        terms === undefined
          ? coalition
          : elapseTo(rulesOf(terms), coalition, Number.MAX_SAFE_INTEGER);
      return {
        terms: terms ?? null,
        hash: hash ?? null,
        inForceSince: inForceSince ?? null,
        coalition: coalitionToJson(coalition),
        toCome: end.history.slice(coalition.history.length),
        amendments: [...amendments].map(([terms, { proposedBy, index, consents, adoptedAt }]) => ({
          ...{ terms, proposedBy, index },
          consents: [...consents.keys()],
          adoptedAt: adoptedAt ?? null,
        })),
      };
    },
  );
  server.get(
    "/api/schemas",
    { schema: { summary: "JSON Schema of every statement's body, by type" } },
    async () => statementSchemas(),
  );
}
