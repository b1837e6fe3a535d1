import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeDurably } from "@standstill/record/files";
import {
  MOST_SEALED_BYTES,
  parseSealedReport,
  reportName,
  type SealedReport,
  SealedReportError,
  sealedBytes,
} from "@standstill/reporting-box";
import type { FastifyInstance } from "fastify";
import { RateLimits } from "../rate-limits.ts";
import type { RecordView } from "../view.ts";

/**
 * Takes sealed reports in and gives them out to whoever asks: only members of the panel can open them, and only together. Nothing of who sent one
 * is kept; the limit is for all senders together, since one by address would need addresses. What the panel is done with is deleted.
 *
 * @param onReport called once a report is on disk, with its name; it puts its receipt on record
 */
export async function reportRoutes(
  server: FastifyInstance,
  directory: string,
  record: RecordView,
  onReport: (name: string) => Promise<void>,
): Promise<void> {
  const place = join(directory, "reports");
  const temporary = join(directory, "temporary");
  await mkdir(place, { recursive: true, mode: 0o700 });
  const names = new Set(
    (await readdir(place)).flatMap((file) => /^([0-9a-f]{64})\.json$/.exec(file)?.[1] ?? []),
  );
  const pathOf = (name: string) => join(place, `${name}.json`);
  const takeIn = async (report: SealedReport, name: string) => {
    const { received, settled } = record.state.box;
    if (settled.has(name)) return;
    if (!names.has(name)) await writeDurably(pathOf(name), sealedBytes(report), temporary);
    names.add(name);
    // Where its receipt could not be written before, handing it in again writes it.
    if (!received.has(name)) await onReport(name);
  };
  const deleteSettled = async () => {
    for (const name of [...names])
      if (record.state.box.settled.has(name)) {
        names.delete(name);
        await rm(pathOf(name), { force: true });
      }
  };
  await deleteSettled();
  // One after the other, so that a report that is handed in twice at once gets one receipt.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const limits = new RateLimits(TOGETHER);
  await server.register(async (scope) => {
    scope.addContentTypeParser(
      CONTENT_TYPE,
      { parseAs: "buffer", bodyLimit: MOST_SEALED_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      "/api/reports",
      { schema: { summary: "Hand in a sealed report of a person" } },
      async (request, reply) => {
        if (!(request.body instanceof Uint8Array))
          return reply
            .status(415)
            .send({ code: "malformed-report", message: `expected ${CONTENT_TYPE}` });
        await inTurn(deleteSettled);
        if (names.size >= MOST_REPORTS || limits.take("everybody", 1, Date.now()) > 0)
          return reply
            .status(429)
            .header("retry-after", "600")
            .send({ code: "too-many", message: "expected fewer reports at once; try again later" });
        try {
          const report = parseSealedReport(request.body);
          const name = reportName(report);
          await inTurn(() => takeIn(report, name));
          return reply.status(201).send({ report: name });
        } catch (error) {
          if (!(error instanceof SealedReportError)) throw error;
          return reply.status(400).send({ code: error.code, message: error.message });
        }
      },
    );
  });
  server.get("/api/reports", { schema: { summary: "Names of the sealed reports" } }, async () => ({
    reports: [...names].sort(),
  }));
  server.get<{ Params: { name: string } }>(
    "/api/reports/:name",
    { schema: { summary: "A sealed report by its name" } },
    async (request, reply) => {
      const { name } = request.params;
      if (!names.has(name))
        return reply
          .status(404)
          .send({ code: "not-found", message: "expected the name of a report" });
      return reply.type(CONTENT_TYPE).send(await readFile(pathOf(name)));
    },
  );
}

/** Content type of a sealed report. */
const CONTENT_TYPE = "application/vnd.standstill.report+json";
/** Reports that are kept at most, and how many are taken from everybody together. */
const MOST_REPORTS = 1000;
const TOGETHER = { burst: 20, perSecond: 0.1 };
