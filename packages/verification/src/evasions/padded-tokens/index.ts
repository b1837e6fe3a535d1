import type { Evasion } from "../evasion.ts";

/** The evasion `padded-tokens`: its words, and where it exists. */
export const paddedTokens = {
  id: "padded-tokens",
  about:
    "Serves with three times the tokens, so that training under that name would not stand out.",
  onLogs: true,
} as const satisfies Evasion;
