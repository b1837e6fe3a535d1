import { readFileSync } from "node:fs";
import { parseDraft } from "@standstill/agreement";
import { siteTerms } from "@standstill/verification/play";

const text = readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8");

/** Terms under which made-up sites are judged: the example's, with windows of a minute and every yardstick. */
export const terms = siteTerms({
  ...parseDraft(text),
  ...{ keys: [], log: { vkey: "" }, witnessKeys: [] },
});
