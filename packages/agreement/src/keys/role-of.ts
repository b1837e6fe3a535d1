import type { Role } from "@standstill/record";
import type { Terms } from "../terms/terms.ts";

/** In which role somebody speaks, by the terms; `undefined` for who is not named there. */
export function roleOf(
  terms: Pick<Terms, "keeper" | "parties" | "roles">,
  issuer: string,
): Role | undefined {
  if (issuer === terms.keeper.id) return "keeper";
  if (terms.parties.some(({ id }) => id === issuer)) return "party";
  return terms.roles?.find(({ id }) => id === issuer)?.task;
}
