import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { List } from "immutable";
import { declared, type EvidencePart, type EvidenceState } from "../state.ts";
import { notOwnSite } from "./own-site.ts";
import { reportSchema } from "./report.ts";

/** `period/report`: a party closes a period of a site of its own. Periods of a site do not overlap. */
export const periodReport = defineStatement({
  type: "period/report",
  version: DRAFT,
  roles: ["party"],
  words:
    "A party closes a period of a site and seals its readings, before anybody knows what will be opened.",
  body: reportSchema,
  reduce: ({ evidence }: EvidencePart, said) => {
    const { site, period } = said.body;
    const refusal = notOwnSite(evidence, said.statement.issuer, site);
    if (refusal !== undefined) return refusal;
    const earlier = evidence.reportsOf.get(site, List<string>());
    const overlaps = earlier.some((id) => {
      const other = evidence.reports.get(id)?.body.period;
      return other !== undefined && other.start < period.end && period.start < other.end;
    });
    if (overlaps)
      return refuse("already-said", `expected a new period of ${site}, got one that overlaps`);
    const next: EvidenceState = {
      ...evidence,
      reports: evidence.reports.set(said.id, declared(said)),
      reportsOf: evidence.reportsOf.set(site, earlier.push(said.id)),
    };
    return { evidence: next };
  },
});
