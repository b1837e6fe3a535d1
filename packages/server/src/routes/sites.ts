import { decodeEvidence, powerSeries } from "@standstill/evidence";
import { nameSchema, readBlob } from "@standstill/record";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newestReportsAt } from "../derived.ts";
import type { RecordView } from "../view.ts";
import { answerNotFound } from "./errors.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

/** Sites, and the readings behind their verdicts. */
export function siteRoutes(server: FastifyInstance, view: RecordView): void {
  server.get(
    "/api/sites",
    { schema: { summary: "Declared sites, runs and reports" } },
    async () => {
      const { sites, runs, reports } = view.state.evidence;
      const list = <Body>(
        declared: Iterable<{ party: string; id: string; index: number; body: Body }>,
      ) => [...declared].map(({ party, id, index, body }) => ({ party, id, index, ...body }));
      return {
        sites: list(sites.values()),
        runs: list(runs.values()),
        reports: list(reports.values()),
      };
    },
  );
  server.get<{ Querystring: { site: string } }>(
    "/api/power",
    {
      schema: {
        summary: "A site's power in its newest reported period",
        querystring: jsonSchema(z.strictObject({ site: nameSchema })),
        response: errorAnswer,
      },
    },
    async ({ query: { site } }, reply) => {
      const report = newestReportsAt(view.state).get(site);
      const bytes =
        report === undefined ? undefined : await readBlob(view.source, report.body.evidence);
      const windows = bytes === undefined ? undefined : decodeEvidence(bytes).windows;
      if (report === undefined || windows === undefined) {
        return answerNotFound(reply, `expected a site with power readings, got "${site}"`);
      }
      return powerSeries(site, report.id, windows);
    },
  );
}
