import {
  checkPublicKey,
  fromHex,
  isRefusal,
  parseVerifier,
  RecordError,
  type Refusal,
  refuse,
  type Said,
  toHex,
} from "@standstill/record";
import type { z } from "zod";
import { type Amendments, withAmendment, withConsent } from "./amendment.ts";
import { advance } from "./coalition/coalition.ts";
import type { Act } from "./coalition/rules.ts";
import { type Coalition, type CoalitionEvent, emptyCoalition } from "./coalition/state.ts";
import type { Condition } from "./conditions/condition.ts";
import { nonMonotonePath } from "./conditions/walk.ts";
import { AgreementError } from "./error.ts";
import { type Facts, withBallot, withVote } from "./facts.ts";
import { DAY_MS, dayOf } from "./instant.ts";
import type { KeyChange } from "./keys.ts";
import type {
  agreementAdopt,
  agreementAmend,
  agreementConsent,
  agreementPropose,
  coverageMeasure,
  pledgeMake,
  pledgeSuspend,
  pledgeWithdraw,
  supportSign,
  supportWithdraw,
  voteCast,
  voteOpen,
} from "./statements.ts";
import { withSupport, withSupportWithdrawn } from "./support.ts";
import { Supports } from "./support-list.ts";
import { checkTerms } from "./terms/contradictions/check.ts";
import { unknownIn } from "./terms/contradictions/names-unknown.ts";
import { isAtLeast } from "./terms/mode.ts";
import { rulesOf } from "./terms/rules-of.ts";
import { type Terms, termsHash } from "./terms/terms.ts";

/** Terms with the instant from which they held, until the next ones did. */
export interface TermsVersion {
  readonly terms: Terms;
  readonly hash: string;
  /** POSIX milliseconds. */
  readonly from: number;
  /** Entry at which they came to hold. */
  readonly index: number;
}

/** What the record says about the agreement itself. */
export interface AgreementState {
  readonly terms: Terms | undefined;
  /** Hash of the terms. */
  readonly hash: string | undefined;
  /** All terms that were ever in force, the present ones last. */
  readonly versions: readonly TermsVersion[];
  /** Who adopted, with the entry at which it did. */
  readonly adopted: ReadonlyMap<string, number>;
  /** Entry at which the last party adopted; from then on pledges count. */
  readonly inForceSince: number | undefined;
  readonly coalition: Coalition;
  readonly amendments: Amendments;
  readonly supports: Supports;
  /** Keys that were replaced or taken back, in order. */
  readonly keyChanges: readonly KeyChange[];
}

/** The agreement before anything was said. */
export const noAgreement: AgreementState = {
  terms: undefined,
  hash: undefined,
  versions: [],
  adopted: new Map(),
  inForceSince: undefined,
  coalition: emptyCoalition,
  amendments: new Map(),
  supports: Supports.none(),
  keyChanges: [],
};

type SaidAs<Kind extends { readonly body: z.ZodType }> = Said<z.infer<Kind["body"]>>;

/** `agreement/propose`: the first statement of a record, and only the first. Its hash names the agreement. */
export function reducePropose(
  state: AgreementState,
  said: SaidAs<typeof agreementPropose>,
): AgreementState | Refusal {
  if (state.terms !== undefined)
    return refuse("already-said", "expected terms once, got them a second time");
  const { terms } = said.body;
  const hash = termsHash(terms);
  if (said.statement.agreement !== hash) {
    return refuse(
      "agreement-mismatch",
      `expected the hash of the terms ${hash}, got ${said.statement.agreement}`,
    );
  }
  const contradiction = contradictionIn(terms);
  if (contradiction !== undefined) return refuse("contradictory-terms", contradiction);
  // The keeper speaks first, so its first word is also the first mark of time.
  const from = Date.parse(said.statement.issuedAt);
  return { ...state, terms, hash, versions: [{ terms, hash, from, index: said.index }] };
}

/** What is wrong with terms beyond their form: names, weak or malformed keys, one key for two holders. */
function contradictionIn(terms: Terms): string | undefined {
  try {
    checkTerms(terms);
    const verifiers = [terms.log.vkey, ...terms.witnessKeys.map(({ vkey }) => vkey)].map(
      parseVerifier,
    );
    const keys = [
      ...terms.keys.map((key) => fromHex(key.publicKey)),
      ...verifiers.map((v) => v.publicKey),
    ];
    for (const key of keys) checkPublicKey(key);
    const names = keys.map(toHex);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    return twice === undefined
      ? undefined
      : `expected each key once, got ${twice.slice(0, 16)}… twice`;
  } catch (error) {
    if (error instanceof AgreementError || error instanceof RecordError) return error.message;
    throw error;
  }
}

/** `agreement/adopt`: a party adopts. Pledges count when every party has. */
export function reduceAdopt(
  state: AgreementState,
  said: SaidAs<typeof agreementAdopt>,
): AgreementState | Refusal {
  const { issuer } = said.statement;
  if (said.body.terms !== state.hash) {
    return refuse(
      "agreement-mismatch",
      `expected the proposed terms ${state.hash}, got ${said.body.terms}`,
    );
  }
  if (state.adopted.has(issuer))
    return refuse("already-said", `expected one adoption, got a second by ${issuer}`);
  const adopted = new Map(state.adopted).set(issuer, said.index);
  const all = (state.terms as Terms).parties.every((party) => adopted.has(party.id));
  return { ...state, adopted, inForceSince: all ? said.index : undefined };
}

/** `agreement/amend`: new terms are proposed. They have no effect until the rule of the present terms is met. */
export function reduceAmend(
  state: AgreementState,
  said: SaidAs<typeof agreementAmend>,
): AgreementState | Refusal {
  const present = state.terms as Terms;
  if (present.amendment === undefined)
    return refuse("not-declared", "expected terms that say how they are amended, got none");
  const { terms } = said.body;
  const contradiction = contradictionIn(terms);
  if (contradiction !== undefined) return refuse("contradictory-terms", contradiction);
  const amendments = withAmendment(state.amendments, said, state.hash as string);
  return isRefusal(amendments) ? amendments : { ...state, amendments };
}

/** `agreement/consent`: a party consents; the terms change at the entry at which enough have. */
export function reduceConsent(
  state: AgreementState,
  said: SaidAs<typeof agreementConsent>,
  at: number,
): AgreementState | Refusal {
  const amendments = withConsent(
    state.amendments,
    said,
    state.terms as Terms,
    state.hash as string,
  );
  if (isRefusal(amendments)) return amendments;
  const adopted = amendments.get(said.body.terms);
  if (adopted?.adoptedAt === undefined) return { ...state, amendments };
  const { terms } = adopted;
  const stays = new Set(terms.parties.map(({ id }) => id));
  const leaves = [...state.coalition.standings.keys()].filter((party) => !stays.has(party));
  const coalition = advance(rulesOf(terms), state.coalition, {
    at,
    index: said.index,
    acts: leaves.map((party): Act => ({ act: "withdraw", party, endsAt: at })),
  });
  const hash = said.body.terms;
  const versions = [...state.versions, { terms, hash, from: at, index: said.index }];
  return { ...state, amendments, terms, hash, versions, coalition };
}

/** `pledge/make`: a party pledges, then it is settled who is bound. A pledge counts once all have adopted. */
export function reducePledge(
  state: AgreementState,
  said: SaidAs<typeof pledgeMake>,
  at: number,
): AgreementState | Refusal {
  const { body, index } = said;
  const party = said.statement.issuer;
  const refusal = wrongPledge(state, party, body.mode, body.while);
  if (refusal !== undefined) return refusal;
  const pledge = {
    mode: body.mode,
    while: body.while,
    graceMs: (body.graceDays ?? 0) * DAY_MS,
    noticeMs: (body.noticeDays ?? 0) * DAY_MS,
    openMs: body.openDays === undefined ? undefined : body.openDays * DAY_MS,
    index,
  };
  const supports =
    body.support === undefined ? state.supports : madeGood(state, body.support, party);
  if (isRefusal(supports)) return supports;
  const made = { ...state, supports };
  return moved(made, { at, index, acts: [{ act: "pledge", party, pledge }] });
}

function wrongPledge(
  state: AgreementState,
  party: string,
  mode: "cap" | "taper" | "pause",
  condition: Condition,
): Refusal | undefined {
  const terms = state.terms as Terms;
  for (const { path, message } of unknownIn(condition, terms))
    return refuse(
      "not-declared",
      `while.${path.join(".")}: ${message}`.replace("while.:", "while:"),
    );
  const place = nonMonotonePath(condition);
  if (place !== undefined)
    return refuse(
      "not-monotone",
      `expected a condition that more parties can only help to meet, got who is bound under "not" at while.${place}`,
    );
  if (state.inForceSince === undefined)
    return refuse(
      "not-declared",
      "expected an agreement in force before pledges, got one that not all have adopted",
    );
  const standing = state.coalition.standings.get(party);
  const before = state.coalition.pledges.get(party);
  if (standing?.status !== "bound" && standing?.status !== "suspended") return undefined;
  const isStricter =
    before !== undefined &&
    isAtLeast(mode, before.mode) &&
    JSON.stringify(before.while) === JSON.stringify(condition);
  return isStricter
    ? undefined
    : refuse(
        "already-said",
        `expected a pledge of ${party} at least as strict and under the same condition while it is bound, got a looser one; a party leaves by notice`,
      );
}

function madeGood(state: AgreementState, commitment: string, party: string): Supports | Refusal {
  const support = state.supports.get(commitment);
  if (support === undefined || support.withdrawnAt !== undefined)
    return refuse("not-declared", "expected a standing support on record, got none");
  return state.supports.change(commitment, { pledgedBy: party });
}

/** `pledge/withdraw`: notice that a party leaves. */
export function reduceWithdraw(
  state: AgreementState,
  said: SaidAs<typeof pledgeWithdraw>,
  at: number,
): AgreementState | Refusal {
  const party = said.statement.issuer;
  const standing = state.coalition.standings.get(party);
  if (standing === undefined || !state.coalition.pledges.has(party))
    return refuse("not-declared", `expected a pledge of ${party} to withdraw from, got none`);
  if (standing.endsAt !== undefined)
    return refuse("already-said", `expected one notice of withdrawal, got a second by ${party}`);
  const { notBeforeMs } = rulesOf(state.terms as Terms).withdrawal;
  const earliest = (standing.boundSince ?? at) + notBeforeMs;
  if (standing.boundSince !== undefined && at < earliest)
    return refuse(
      "not-declared",
      `expected notice from ${dayOf(earliest)} on, as the terms say, got it on ${dayOf(at)}`,
    );
  return moved(state, { at, index: said.index, acts: [{ act: "withdraw", party }] });
}

/** `pledge/suspend`: a party suspends its obligations, or takes them up again. */
export function reduceSuspend(
  state: AgreementState,
  said: SaidAs<typeof pledgeSuspend>,
  at: number,
): AgreementState | Refusal {
  const party = said.statement.issuer;
  const wanted = said.body.suspended ? "bound" : "suspended";
  const status = state.coalition.standings.get(party)?.status;
  if (status !== wanted)
    return refuse(
      "not-declared",
      `expected ${party} to be ${wanted}, got ${status ?? "no pledge"}`,
    );
  const act = said.body.suspended ? "suspend" : "resume";
  return moved(state, { at, index: said.index, acts: [{ act, party }] });
}

/** `vote/open`: a question is put to the vote, once. */
export function reduceVoteOpen(
  state: AgreementState,
  said: SaidAs<typeof voteOpen>,
  at: number,
): AgreementState | Refusal {
  const { question } = said.body;
  const { facts } = state.coalition;
  if (facts.votes.has(question))
    return refuse("already-said", `expected a new question, got "${question}" again`);
  return reduceFacts(state, withVote(facts, question, at), at, said.index);
}

/** `vote/cast`: a ballot. */
export function reduceVoteCast(
  state: AgreementState,
  said: SaidAs<typeof voteCast>,
  at: number,
): AgreementState | Refusal {
  const { question, ballot } = said.body;
  const { facts } = state.coalition;
  if (!facts.votes.has(question))
    return refuse("not-declared", `expected a question put to the vote, got "${question}"`);
  const voted = withBallot(facts, question, said.statement.issuer, ballot);
  return reduceFacts(state, voted, at, said.index);
}

/** `coverage/measure`: the newest lower bound counts. */
export function reduceCoverage(
  state: AgreementState,
  said: SaidAs<typeof coverageMeasure>,
  at: number,
): AgreementState {
  const coverageTenThousandths = said.body.lowTenThousandths;
  const facts = { ...state.coalition.facts, coverageTenThousandths };
  return reduceFacts(state, facts, at, said.index);
}

/** `support/sign`: a support of an open letter, as a salted commitment. */
export function reduceSupport(
  state: AgreementState,
  said: SaidAs<typeof supportSign>,
): AgreementState | Refusal {
  const { commitment, letter, verified } = said.body;
  const { issuer } = said.statement;
  const support = { letter, verified, issuer, index: said.index };
  const supports = withSupport(state.supports, commitment, support);
  return isRefusal(supports) ? supports : { ...state, supports };
}

/** `support/withdraw`: a support is taken back. */
export function reduceSupportWithdraw(
  state: AgreementState,
  said: SaidAs<typeof supportWithdraw>,
): AgreementState | Refusal {
  const { issuer } = said.statement;
  const supports = withSupportWithdrawn(state.supports, said.body.commitment, issuer, said.index);
  return isRefusal(supports) ? supports : { ...state, supports };
}

/** Takes new facts in, such as those of a verdict, and settles who is bound. The same facts change nothing. */
export function reduceFacts(
  state: AgreementState,
  facts: Facts,
  at: number,
  index: number,
): AgreementState {
  if (facts === state.coalition.facts || state.terms === undefined) return state;
  return moved(state, { at, index, acts: [], facts });
}

/** Lets time pass until a mark: whatever time alone brings. */
export function reduceTime(state: AgreementState, at: number, index: number): AgreementState {
  if (state.terms === undefined || at <= state.coalition.at) return state;
  return moved(state, { at, index, acts: [] });
}

function moved(state: AgreementState, event: CoalitionEvent): AgreementState {
  const coalition = advance(rulesOf(state.terms as Terms), state.coalition, event);
  return { ...state, coalition };
}
