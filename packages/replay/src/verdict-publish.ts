import type { EvidencePart } from "@standstill/evidence";
import { defineStatement, isRefusal } from "@standstill/record";
import {
  verdictPublish as published,
  reduceVerdict,
  type VerdictState,
} from "@standstill/verification";

interface VerdictPart {
  readonly verdicts: VerdictState;
}

/** `verdict/publish`: one for each report, about the party and site of that report. */
export const verdictPublish = defineStatement({
  type: published.type,
  version: published.version,
  roles: published.roles,
  words: "The keeper publishes the verdict on a period of a site, which anyone can compute again.",
  body: published.body,
  reduce: ({ verdicts, evidence }: VerdictPart & EvidencePart, said) => {
    const next = reduceVerdict(verdicts, said, evidence);
    return isRefusal(next) ? next : { verdicts: next };
  },
});
