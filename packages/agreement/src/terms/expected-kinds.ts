import type { z } from "zod";

/** What an unknown kind is told: the kinds that there are, and what came. */
export function expectedKinds(
  what: string,
  kinds: readonly string[],
  { code, input }: z.core.$ZodRawIssue,
): string | undefined {
  if (code !== "invalid_union") return undefined;
  const got = typeof input === "object" && input !== null && "kind" in input ? input.kind : "none";
  return `expected ${what} of the kind ${kinds.join(", ")}, got ${JSON.stringify(got)?.slice(0, 60)}`;
}
