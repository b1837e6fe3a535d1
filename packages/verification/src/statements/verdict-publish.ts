import type { EvidencePart, EvidenceState } from "@standstill/evidence";
import { DRAFT, defineStatement, type Refusal, refuse } from "@standstill/record";
import { List, OrderedMap } from "immutable";
import type { PublishedVerdict, VerdictPart, VerdictState } from "../state.ts";
import { type Verdict, verdictSchema } from "./verdict.ts";

/** `verdict/publish`: one for each report, about the party and site of that report. */
export const verdictPublish = defineStatement({
  type: "verdict/publish",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper publishes the verdict on a period of a site, which anyone can compute again.",
  body: verdictSchema,
  reduce: ({ verdicts, evidence }: VerdictPart & EvidencePart, { id, index, body }) => {
    const refusal = notOfItsReport(evidence, body);
    if (refusal !== undefined) return refusal;
    if (verdicts.verdicts.has(body.report))
      return refuse("already-said", "expected one verdict on a report, got a second");
    const verdict = { id, index, body };
    const published: VerdictState = {
      ...verdicts,
      verdicts: verdicts.verdicts.set(body.report, verdict),
      reportOf: verdicts.reportOf.set(id, body.report),
    };
    // What judged nothing says nothing: it moves no condition, and leaves older verdicts as they are.
    if (body.verdict === null) return { verdicts: published };
    return { verdicts: withDoubt(withNewest(published, verdict, evidence), verdict) };
  },
});

function notOfItsReport(
  { reports }: EvidenceState,
  { report, party, site }: Verdict,
): Refusal | undefined {
  const judged = reports.get(report);
  if (judged === undefined)
    return refuse("not-declared", `expected a report on record, got "${report}"`);
  return judged.party === party && judged.body.site === site
    ? undefined
    : refuse(
        "malformed-body",
        `expected a verdict on ${judged.body.site} of ${judged.party}, got ${site} of ${party}`,
      );
}

/** A period that is judged late says nothing of a later one. */
function withNewest(
  state: VerdictState,
  verdict: PublishedVerdict,
  { reports }: EvidenceState,
): VerdictState {
  const endOf = ({ body }: PublishedVerdict) =>
    Date.parse(reports.get(body.report)?.body.period.end ?? "");
  const { party, site } = verdict.body;
  const sites = state.newest.get(party, OrderedMap<string, PublishedVerdict>());
  const before = sites.get(site);
  const isNewest = before === undefined || endOf(before) <= endOf(verdict);
  return isNewest ? { ...state, newest: state.newest.set(party, sites.set(site, verdict)) } : state;
}

function withDoubt(state: VerdictState, { body }: PublishedVerdict): VerdictState {
  if (!body.duties.some(({ findings }) => findings.length > 0)) return state;
  const doubted = state.doubted.get(body.party, List<string>()).push(body.report);
  return { ...state, doubted: state.doubted.set(body.party, doubted) };
}
