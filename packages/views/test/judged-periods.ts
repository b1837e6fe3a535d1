import type { Terms } from "@standstill/agreement";
import { emptyWindows, encodeEvidence, sealEvidence } from "@standstill/evidence";
import { computeVerdict, type Verdict } from "@standstill/verification";
import type { Story } from "../../replay/test/story.ts";
import { terms } from "../../replay/test/world.ts";

/** An instant as statements write it. */
export const iso = (at: number) => new Date(at).toISOString();
const { accounts: _, ...plain } = terms;
/** No evasions are played, which is not what these tests ask, and no time before being bound is accounted for. */
export const agreed: Terms = {
  ...plain,
  goals: { ...(terms.goals as NonNullable<Terms["goals"]>), evasions: [] },
};
/** A site of Aster with one node. */
export const site = {
  site: "aster/one",
  title: "A hall.",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }],
};

/** Reports some time in which the site idles but for what `wattsOf` says, and publishes the verdict on it. */
export function judge(
  story: Story,
  startMs: number,
  endMs: number,
  wattsOf: (at: number) => number = () => 2400,
  where = "aster/one",
): Verdict {
  const period = { startMs, endMs };
  const windows = emptyWindows(["node-01"], period, 4000);
  for (let i = 0; i < windows.readings.length; i++) {
    const milliwatts = wattsOf(startMs + i * 4000) * 1000 + ((i * 7919) % 61_000);
    windows.readings[i] = 4;
    windows.powerMilliwatts[i] = milliwatts;
    windows.energyMillijoules[i] = milliwatts * 4;
  }
  const evidence = { salt: "00".repeat(32), windows, jobs: undefined, counters: [], logs: [] };
  const { root, energyMillijoules } = sealEvidence(evidence);
  story.say("aster", "period/report", {
    site: where,
    feeds: [{ kind: "node-power", signer: "aster" }],
    period: { start: iso(startMs), end: iso(endMs) },
    seal: { root, energyMillijoules: `${energyMillijoules}` },
    evidence: "00".repeat(32),
  });
  const id = [...(story.state.evidence.reportsOf.get(where) ?? [])].at(-1) ?? "";
  const verdict = computeVerdict(story.state, id, encodeEvidence(evidence));
  story.say(terms.keeper.id, "verdict/publish", verdict);
  return verdict;
}
