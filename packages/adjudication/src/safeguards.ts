import type { Obligation, Terms } from "@standstill/agreement";
import {
  nameSchema,
  type Refusal,
  refuse,
  type Said,
  type StatementKind,
  sha256Schema,
} from "@standstill/record";
import { OrderedMap } from "immutable";
import { z } from "zod";
import type { CaseEvent } from "./case.ts";
import type { PanelSigning } from "./panel.ts";
import { eventOf } from "./reducer.ts";
import type { safeguardAccept } from "./statements.ts";

/** `safeguard/submit`: a party hands in how it has put a safeguard in place, for all that it does or for one model. */
export const safeguardSubmit = {
  type: "safeguard/submit",
  roles: ["party"],
  body: z.strictObject({
    safeguard: nameSchema,
    model: nameSchema.optional(),
    text: z.string().min(1).max(2000),
    /** SHA-256 of the evidence; what is confidential stays a commitment. */
    evidence: sha256Schema,
  }),
} satisfies StatementKind;

/** A submission or an assessment. */
export interface SafeguardWord extends CaseEvent {
  readonly evidence: string;
}

/** What was said of one safeguard, of everything or of one model. */
export interface SafeguardEntry {
  readonly safeguard: string;
  readonly model: string | null;
  /** The newest submission of each party. */
  readonly submissions: readonly SafeguardWord[];
  readonly assessment: (SafeguardWord & { readonly accepted: boolean }) | null;
}

/** Everything that was said of safeguards, by name and model. */
export interface SafeguardState {
  readonly entries: OrderedMap<string, SafeguardEntry>;
}

/** Before anything was submitted. */
export const noSafeguards: SafeguardState = { entries: OrderedMap() };

/** `safeguard/submit`: a safeguard that the terms name; a later submission of the same party replaces the earlier. */
export function reduceSubmission(
  state: SafeguardState,
  said: Said<z.infer<typeof safeguardSubmit.body>>,
  { safeguards = [] }: Pick<Terms, "safeguards">,
  at: number,
): SafeguardState | Refusal {
  const { safeguard, model, text, evidence } = said.body;
  if (!safeguards.some(({ id }) => id === safeguard))
    return refuse("not-declared", `expected a safeguard of the terms, got "${safeguard}"`);
  const entry = entryOf(state, safeguard, model);
  const others = entry.submissions.filter(({ issuer }) => issuer !== said.statement.issuer);
  const submission = { ...eventOf(said as Said, at, text), evidence };
  return withEntry(state, { ...entry, submissions: [...others, submission] });
}

/** `safeguard/accept`: puts the assessment into the register; who may assess is asked by `reduceAcceptance`. */
export function reduceAssessment(
  state: SafeguardState,
  said: Said<z.infer<typeof safeguardAccept.body>>,
  at: number,
): SafeguardState {
  const { safeguard, model, accepted, evidence, reasons } = said.body;
  const assessment = { ...eventOf(said as Said, at, reasons), accepted, evidence };
  return withEntry(state, { ...entryOf(state, safeguard, model), assessment });
}

/**
 * Nobody accepts its own safeguard: signatures of those who handed it in for a model do not count. What is handed in for everything that parties do
 * is asked of all of them, so that nobody would be left.
 */
export function assessorSigning(
  state: SafeguardState,
  { safeguard, model }: Pick<z.infer<typeof safeguardAccept.body>, "safeguard" | "model">,
): PanelSigning {
  const { submissions } = entryOf(state, safeguard, model);
  const own = model === undefined ? [] : submissions.map(({ issuer }) => issuer);
  return { recused: new Set(own), needed: 1 };
}

function entryOf(
  { entries }: SafeguardState,
  safeguard: string,
  model: string | undefined,
): SafeguardEntry {
  const none = { safeguard, model: model ?? null, submissions: [], assessment: null };
  return entries.get(keyOf(safeguard, model)) ?? none;
}

function withEntry(state: SafeguardState, entry: SafeguardEntry): SafeguardState {
  const key = keyOf(entry.safeguard, entry.model ?? undefined);
  return { entries: state.entries.set(key, entry) };
}

function keyOf(safeguard: string, model: string | undefined): string {
  return model === undefined ? safeguard : `${safeguard} ${model}`;
}

/** Where a safeguard stands. */
export type SafeguardStanding = "open" | "submitted" | "accepted" | "taken-back";

/** A safeguard of the terms, and where it stands for everything, or for one model. */
export interface ListedSafeguard extends SafeguardEntry {
  readonly title: string;
  readonly assessedBy: string | null;
  readonly standing: SafeguardStanding;
}

/** The safeguards that an agreement wants in place, each with what was said of it. */
export function safeguardsOf(
  state: SafeguardState,
  { safeguards = [] }: Pick<Terms, "safeguards">,
  model?: string,
): ListedSafeguard[] {
  return safeguards.map(({ id, title, assessedBy }) => {
    const entry = entryOf(state, id, model);
    return { ...entry, title, assessedBy: assessedBy ?? null, standing: standingOf(entry) };
  });
}

function standingOf({ submissions, assessment }: SafeguardEntry): SafeguardStanding {
  if (assessment === null) return submissions.length === 0 ? "open" : "submitted";
  if (assessment.accepted) return "accepted";
  const isNewer = submissions.some(({ index }) => index > assessment.index);
  return isNewer ? "submitted" : "taken-back";
}

/** What is missing before a model may be released, by one clause. */
export interface ReleaseGap {
  readonly clause: string;
  readonly title: string;
  /** Safeguards that are accepted neither for everything nor for this model. */
  readonly missing: readonly string[];
}

/**
 * What is missing before a model may be released: of each clause that guards releases, the safeguards that nobody has accepted.
 *
 * @example releaseGaps(state.safeguards, terms, "aster-2").length === 0 // it may be released
 */
export function releaseGaps(
  state: SafeguardState,
  { obligations, safeguards }: Pick<Terms, "obligations" | "safeguards">,
  model: string,
): ReleaseGap[] {
  const accepted = new Set(
    [...safeguardsOf(state, { safeguards }), ...safeguardsOf(state, { safeguards }, model)]
      .filter(({ standing }) => standing === "accepted")
      .map(({ safeguard }) => safeguard),
  );
  return obligations.filter(isReleaseGate).flatMap(({ id, title, safeguards: asked }) => {
    const missing = asked.filter((name) => !accepted.has(name));
    return missing.length === 0 ? [] : [{ clause: id, title, missing }];
  });
}

function isReleaseGate(one: Obligation): one is Extract<Obligation, { kind: "release-gate" }> {
  return one.kind === "release-gate";
}
