import { type Refusal, refuse } from "@standstill/record";
import type { EvidenceState } from "../state.ts";

/** Why a party may not speak of a site: nobody declared it, or somebody else did. */
export function notOwnSite(
  { sites }: Pick<EvidenceState, "sites">,
  issuer: string,
  site: string,
): Refusal | undefined {
  const owner = sites.get(site)?.party;
  if (owner === undefined) return refuse("not-declared", `expected a declared site, got "${site}"`);
  return owner === issuer
    ? undefined
    : refuse("not-its-own", `expected a site of ${issuer}, got "${site}"`);
}
