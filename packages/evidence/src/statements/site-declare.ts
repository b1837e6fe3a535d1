import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { declared, type EvidencePart, type EvidenceState } from "../state.ts";
import { siteSchema } from "./site.ts";

/** `site/declare`: a party names a site and the accelerators in it, node by node: each site once, by the party whose name it starts with. */
export const siteDeclare = defineStatement({
  type: "site/declare",
  version: DRAFT,
  roles: ["party"],
  words: "A party names a site of its own and the accelerators in it, node by node.",
  body: siteSchema,
  reduce: ({ evidence }: EvidencePart, said) => {
    const { issuer } = said.statement;
    const { site, nodes } = said.body;
    if (evidence.sites.has(site))
      return refuse("already-said", `expected ${site} once, got it a second time`);
    if (!site.startsWith(`${issuer}/`))
      return refuse("not-its-own", `expected a name below ${issuer}/, got "${site}"`);
    if (new Set(nodes.map((node) => node.device)).size !== nodes.length)
      return refuse("malformed-body", "expected each device of a site once, got one twice");
    const next: EvidenceState = { ...evidence, sites: evidence.sites.set(site, declared(said)) };
    return { evidence: next };
  },
});
