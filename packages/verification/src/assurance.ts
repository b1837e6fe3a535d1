import { clopperPearson, randomFrom } from "@standstill/statistics";
import { accountOf } from "./account/index.ts";
import { type FindingByCheck, findingsOf } from "./check-duties.ts";
import { exposing } from "./checks/index.ts";
import { judgedSpans } from "./duties-in-force.ts";
import { evasions, type InjectedEvasion } from "./evasions/index.ts";
import { injected } from "./evasions/injected.ts";
import { feasibleLayouts, type Layout } from "./evasions/injection.ts";
import type { ExposingCheck } from "./finding.ts";
import { thresholds } from "./methods/draft/thresholds.ts";
import { nothingBeside, type Subject } from "./subject.ts";
import { within } from "./within.ts";

/** Evasions that are injected. */
const INJECTED = evasions.flatMap((one) => ("injected" in one ? [one.id] : []));

/** Who cheats: somebody who runs the site but not its meters, or somebody who also writes the readings. */
export type Adversary = "leaves-meters-alone" | "writes-own-readings";

/** How surely the evidence of this period would have exposed one significant quantity of an evasion. */
export interface Assurance {
  readonly evasion: InjectedEvasion;
  readonly adversary: Adversary;
  /** Detection probability in ten-thousandths, 95 % interval; `undefined` where the site has no room for the cheat. */
  readonly probability: { readonly low: number; readonly high: number } | undefined;
  /** The layout at which the cheat is least likely to be seen. */
  readonly worst: (Layout & { readonly detected: number; readonly trials: number }) | undefined;
}

/**
 * How surely a cheat would have been seen in the time in which the party owed something: of each stretch of it by itself, and of those the
 * least. Nothing where it owed nothing.
 */
export function assess(subject: Subject): Assurance[] {
  const played = playedInto(subject);
  const [first, ...rest] = judgedSpans(subject).map((span) => assessSpan(within(played, span)));
  return (first ?? []).map((one, i) =>
    rest.reduce((least, { [i]: other }) => lesser(least, other), one),
  );
}

/**
 * A subject with only that of its evidence which evasions are played into. Against counters and what others measured a played cheat stands out as no
 * real one would; and what else is on record says the same to each trial, however much it is.
 */
function playedInto(subject: Subject): Subject {
  return {
    ...subject,
    evidence: { ...subject.evidence, counters: [] },
    beside: nothingBeside,
  };
}

/** The one with the lower probability; where one has no room for the cheat, the other. */
function lesser(one: Assurance, other: Assurance | undefined): Assurance {
  if (other?.probability === undefined) return one;
  if (one.probability === undefined) return other;
  return other.probability.low < one.probability.low ? other : one;
}

/**
 * Plays every agreed evasion into the site's own readings and reruns the same checks: the minimum over layouts of a
 * lower confidence bound. Against somebody who writes all the readings that the checks need, it is zero by rule.
 */
function assessSpan(subject: Subject): Assurance[] {
  return INJECTED.filter((evasion) => subject.terms.goals.evasions.includes(evasion)).flatMap(
    (evasion) => [
      {
        evasion,
        adversary: "leaves-meters-alone" as const,
        ...leastDetected(subject, evasion, exposing),
      },
      {
        evasion,
        adversary: "writes-own-readings" as const,
        ...againstForger(subject, evasion),
      },
    ],
  );
}

function leastDetected(
  subject: Subject,
  evasion: InjectedEvasion,
  asked: readonly ExposingCheck[],
): Pick<Assurance, "probability" | "worst"> {
  const baseline = findingsOf(subject, accountOf(subject), asked);
  let least: Pick<Assurance, "probability" | "worst"> = {
    probability: undefined,
    worst: undefined,
  };
  for (const layout of feasibleLayouts(subject)) {
    const seen = playLayout(subject, evasion, layout, asked, baseline);
    if (seen === undefined) continue;
    const probability = clopperPearson(seen.detected, seen.trials);
    if (least.probability === undefined || probability.low < least.probability.low) {
      least = { probability, worst: { ...layout, ...seen } };
    }
    if (probability.low === 0) break;
  }
  return least;
}

function playLayout(
  subject: Subject,
  evasion: InjectedEvasion,
  layout: Layout,
  asked: readonly ExposingCheck[],
  baseline: readonly FindingByCheck[],
) {
  const random = randomFrom(`${evasion} ${subject.seed} ${layout.nodes} ${layout.windows}`);
  let detected = 0;
  let trials = 0;
  for (let i = 0; i < thresholds.evasionTrials; i++) {
    const cheated = injected[evasion](subject, layout, random);
    if (cheated === undefined) continue;
    trials++;
    if (isExposed(findingsOf(cheated, accountOf(cheated), asked), baseline)) detected++;
  }
  return trials === 0 ? undefined : { detected, trials };
}

/** A finding counts only if the readings without the cheat do not give it. */
function isExposed(found: readonly FindingByCheck[], baseline: readonly FindingByCheck[]): boolean {
  return found.some(
    (finding) =>
      !baseline.some((known) => known.check === finding.check && known.about === finding.about),
  );
}

/** Checks whose needed feeds are all independent survive a forger; with operator feeds only, none does. */
function againstForger(
  subject: Subject,
  evasion: InjectedEvasion,
): Pick<Assurance, "probability" | "worst"> {
  if (subject.evidence.windows === undefined || feasibleLayouts(subject).length === 0) {
    return { probability: undefined, worst: undefined };
  }
  const trusted = new Set(
    subject.feeds.filter((feed) => feed.feedClass === "independent").map((feed) => feed.kind),
  );
  const surviving = exposing.filter(
    ({ needs }) => needs.length > 0 && needs.every((kind) => trusted.has(kind)),
  );
  if (surviving.length > 0) return leastDetected(subject, evasion, surviving);
  return { probability: { low: 0, high: 0 }, worst: undefined };
}
