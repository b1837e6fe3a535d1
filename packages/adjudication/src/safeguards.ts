import type { Obligation, Terms } from "@standstill/agreement";
import { OrderedMap } from "immutable";
import type { CaseEvent } from "./case.ts";

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

/** What of a state holds what was said of safeguards. */
export interface SafeguardPart {
  readonly safeguards: SafeguardState;
}

/** Before anything was submitted. */
export const noSafeguards: SafeguardState = { entries: OrderedMap() };

/** What was said of a safeguard, of everything or of one model. */
export function entryOf(
  { entries }: SafeguardState,
  safeguard: string,
  model: string | undefined,
): SafeguardEntry {
  const none = { safeguard, model: model ?? null, submissions: [], assessment: null };
  return entries.get(keyOf(safeguard, model)) ?? none;
}

/** The state with what is said of a safeguard now. */
export function withEntry(state: SafeguardState, entry: SafeguardEntry): SafeguardPart {
  const key = keyOf(entry.safeguard, entry.model ?? undefined);
  return { safeguards: { entries: state.entries.set(key, entry) } };
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
