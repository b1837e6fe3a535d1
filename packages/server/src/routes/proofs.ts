import { formatCoseReceipt, formatTlogProof, parseCheckpoint, parseNote } from "@standstill/record";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RecordView } from "../view.ts";
import { answerNotFound } from "./errors.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

/** The proof that an entry is in the record, or `undefined` while no checkpoint that is shown covers it. */
export async function proofOf(view: RecordView, index: number): Promise<Uint8Array | undefined> {
  const { shown, tree } = view;
  if (shown === undefined) return undefined;
  const { size } = parseCheckpoint(parseNote(shown).text);
  if (index >= size) return undefined;
  const hashes = await tree.inclusionProof(index, size);
  return formatTlogProof({ index, hashes, checkpoint: shown });
}

const params = jsonSchema(z.strictObject({ index: z.string().regex(/^(?:0|[1-9][0-9]{0,14})$/) }));

/** Receipts: proofs to keep, that need neither this server nor any network to be checked. */
export function proofRoutes(server: FastifyInstance, view: RecordView): void {
  server.get<{ Params: { index: string } }>(
    "/api/statements/:index/proof",
    {
      schema: {
        summary: "Proof that a statement is in the record, as c2sp.org/tlog-proof",
        params,
        response: errorAnswer,
      },
    },
    async ({ params: { index } }, reply) => {
      const proof = await proofOf(view, Number(index));
      if (proof === undefined) return notCovered(reply, index, view);
      return reply.type("text/plain; charset=utf-8").send(Buffer.from(proof));
    },
  );

  server.get<{ Params: { index: string } }>(
    "/api/statements/:index/receipt",
    {
      schema: {
        summary: "COSE receipt of the statement's leaf (RFC 9942)",
        description:
          "A receipt of the leaf alone. A SCITT Transparent Statement (RFC 9943) would need the statement to be a COSE_Sign1; ours are DSSE.",
        params,
        response: errorAnswer,
      },
    },
    async ({ params: { index } }, reply) => {
      const place = Number(index);
      const { shown, tree, signReceipts } = view;
      if (signReceipts === undefined) {
        return answerNotFound(reply, "expected a keeper, which can sign receipts, got a mirror");
      }
      const checkpoint = shown === undefined ? undefined : parseCheckpoint(parseNote(shown).text);
      if (checkpoint === undefined || place >= checkpoint.size) {
        return notCovered(reply, index, view);
      }
      const path = await tree.inclusionProof(place, checkpoint.size);
      const { signature, publicKey } = await signReceipts(checkpoint.root);
      const receipt = formatCoseReceipt(checkpoint, place, path, signature, publicKey);
      return reply.type("application/cose").send(Buffer.from(receipt));
    },
  );
}

function notCovered(
  reply: Parameters<typeof answerNotFound>[0],
  index: string,
  { status }: RecordView,
) {
  return answerNotFound(
    reply,
    `expected an index below ${status.published}, which the checkpoint covers, got ${index}`,
  );
}
