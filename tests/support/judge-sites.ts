import { parseDraft } from "@standstill/agreement";
import { sealEvidence } from "@standstill/evidence";
import { randomFrom } from "@standstill/statistics";
import { verdictBody, verdictText } from "@standstill/verification";
import { honestSite, siteEvasions, siteTerms } from "@standstill/verification/play";

/** The verdicts on a made-up honest site and on each evasion at it, a line each, wherever there is a JavaScript engine. */
export function judgeSites(termsText: string): string {
  const terms = siteTerms({
    ...parseDraft(termsText),
    keys: [],
    log: { vkey: "" },
    witnessKeys: [],
  } as Parameters<typeof siteTerms>[0]);
  // Injected evasions are played elsewhere: the example's verdicts have them.
  const unplayed = { ...terms, goals: { ...terms.goals, evasions: [] } };
  const honest = honestSite("same bytes", {
    nodes: 6,
    windows: 360,
    windowMs: 60_000,
    terms: unplayed,
  });
  const cheats = siteEvasions.flatMap(({ id, commit }) => {
    const cheat = commit(honest, randomFrom(id), 0.6);
    return cheat === undefined ? [] : [cheat];
  });
  return [honest, ...cheats]
    .map(({ subject }) => {
      const seal = sealEvidence(subject.evidence);
      return verdictText(verdictBody({ ...subject, seal }, "00".repeat(32)));
    })
    .join("\n");
}
