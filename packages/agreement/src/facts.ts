import { nameSchema } from "@standstill/record";
import { z } from "zod";

/** Values of a verdict, from the worst to the best. */
export const VERDICT_ORDER = ["violation", "anomalous", "unverified", "verified"] as const;
/** What conditions read of `verdict/publish`: the party's value, and how surely each evasion would have been seen. */
export const verdictFactSchema = z.strictObject({
  verdict: z.enum(VERDICT_ORDER),
  assurance: z.array(
    z.strictObject({
      evasion: nameSchema,
      adversary: nameSchema,
      /** Lower bound of the detection probability, in ten-thousandths; 0 where it is not known. */
      lowTenThousandths: z.int().min(0).max(10_000),
    }),
  ),
});
/** What conditions read of a party's newest verdicts. */
export type VerdictFact = z.infer<typeof verdictFactSchema>;

/** What conditions read of `safeguard/accept`: which safeguard of the terms is accepted, and for which model if only one. */
export const acceptanceSchema = z.strictObject({
  safeguard: nameSchema,
  accepted: z.boolean(),
  model: nameSchema.optional(),
});
/** An acceptance of a safeguard, or its withdrawal. */
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** What conditions read of `case/rule`: an answer to a question of the terms, or a violation found or remedied. */
export const rulingSchema = z.strictObject({
  /** A question that conditions of the terms ask, as `extraordinary-event`; what the panel answers to it. */
  question: nameSchema.optional(),
  answer: z.boolean().optional(),
  /** The party that the ruling is about, where it finds a violation or says that one is remedied. */
  party: nameSchema.optional(),
  violation: z.enum(["found", "remedied", "not-found"]).optional(),
});
/** What a ruling says to conditions. */
export type Ruling = z.infer<typeof rulingSchema>;

/** How a party votes. */
export const BALLOTS = ["yes", "no", "abstain"] as const;
/** One ballot. */
export type Ballot = (typeof BALLOTS)[number];

/** A question put to the vote. */
export interface Vote {
  /** Instant from which it is open. */
  readonly openedAt: number;
  readonly ballots: ReadonlyMap<string, Ballot>;
}

/** How near a tripwire is, from the farthest to crossed. */
export const TRIPWIRE_LEVELS = ["quiet", "watch", "alert", "tripped"] as const;
/** One of the levels, from the farthest to crossed. */
export type TripwireLevel = (typeof TRIPWIRE_LEVELS)[number];

/** Everything that conditions read besides who is bound: fixed inputs of an instant, each set by a statement. */
export interface Facts {
  readonly verdicts: ReadonlyMap<string, VerdictFact>;
  /** Open rulings of violation: for each party the cases. */
  readonly violations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Share of the world's estimated compute that is under the agreement, in ten-thousandths. */
  readonly coverageTenThousandths: number | undefined;
  readonly tripwires: ReadonlyMap<string, TripwireLevel>;
  readonly safeguards: ReadonlySet<string>;
  readonly rulings: ReadonlyMap<string, boolean>;
  readonly votes: ReadonlyMap<string, Vote>;
}

/** Before anything was said. */
export const noFacts: Facts = {
  verdicts: new Map(),
  violations: new Map(),
  coverageTenThousandths: undefined,
  tripwires: new Map(),
  safeguards: new Set(),
  rulings: new Map(),
  votes: new Map(),
};

/** Whether a party has nothing standing against it: no open violation, and no verdict below `unverified`. */
export function isClear(facts: Facts, party: string): boolean {
  if (facts.violations.size > 0 && (facts.violations.get(party)?.size ?? 0) > 0) return false;
  const verdict = facts.verdicts.get(party)?.verdict;
  return verdict !== "violation" && verdict !== "anomalous";
}

/** `safeguard/accept`: takes an acceptance, or its withdrawal, in. One for a single model says nothing about the agreement. */
export function withAcceptance(facts: Facts, { safeguard, accepted, model }: Acceptance): Facts {
  if (model !== undefined) return facts;
  const safeguards = new Set(facts.safeguards);
  if (accepted) safeguards.add(safeguard);
  else safeguards.delete(safeguard);
  return { ...facts, safeguards };
}

/** `case/rule`: takes a ruling in; a later ruling on the same question or case replaces the earlier. */
export function withRuling(facts: Facts, name: string, ruling: Ruling): Facts {
  const { question, answer, party, violation } = ruling;
  const rulings = new Map(facts.rulings);
  if (question !== undefined && answer !== undefined) rulings.set(question, answer);
  const violations = new Map(facts.violations);
  if (party !== undefined && violation !== undefined) {
    const open = new Set(violations.get(party));
    if (violation === "found") open.add(name);
    else open.delete(name);
    violations.set(party, open);
  }
  return { ...facts, rulings, violations };
}

/** Puts a question to the vote, at an instant. */
export function withVote(facts: Facts, question: string, openedAt: number): Facts {
  const vote = { openedAt, ballots: new Map<string, Ballot>() };
  return { ...facts, votes: new Map(facts.votes).set(question, vote) };
}

/** Takes a party's ballot in; the last one counts. */
export function withBallot(facts: Facts, question: string, party: string, ballot: Ballot): Facts {
  const vote = facts.votes.get(question);
  if (vote === undefined || vote.ballots.get(party) === ballot) return facts;
  const ballots = new Map(vote.ballots).set(party, ballot);
  return { ...facts, votes: new Map(facts.votes).set(question, { ...vote, ballots }) };
}
