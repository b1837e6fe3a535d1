import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { List } from "immutable";
import { declared, type EvidencePart, type EvidenceState } from "../state.ts";
import { notOwnSite } from "./own-site.ts";
import { runSchema } from "./run.ts";

/** `run/declare`: a party declares one activity on named nodes of a site that it declared, once. */
export const runDeclare = defineStatement({
  type: "run/declare",
  version: DRAFT,
  roles: ["party"],
  words: "A party declares one activity on named nodes of a site of its own.",
  body: runSchema,
  reduce: ({ evidence }: EvidencePart, said) => {
    const { run, site, nodes } = said.body;
    const refusal = notOwnSite(evidence, said.statement.issuer, site);
    if (refusal !== undefined) return refusal;
    if (evidence.runs.has(run))
      return refuse("already-said", `expected ${run} once, got it a second time`);
    const known = new Set(evidence.sites.get(site)?.body.nodes.map((node) => node.device));
    const unknown = nodes.find((node) => !known.has(node));
    if (unknown !== undefined)
      return refuse("not-declared", `expected nodes of ${site}, got "${unknown}"`);
    const next: EvidenceState = {
      ...evidence,
      runs: evidence.runs.set(run, declared(said)),
      runsOf: evidence.runsOf.set(site, evidence.runsOf.get(site, List<string>()).push(run)),
    };
    return { evidence: next };
  },
});
