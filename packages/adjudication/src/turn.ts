import { roleOf, type UnderTerms } from "@standstill/agreement";
import type { ClockPart, Refusal } from "@standstill/record";
import { refuse } from "@standstill/record";
import type { Case } from "./case.ts";
import { type Actor, type ProcedureSteps, type StepStanding, stepsOf } from "./procedure.ts";
import { caseProgress } from "./progress.ts";

/** A step of a case, and how it stands. */
export interface Turn {
  readonly step: ProcedureSteps[number];
  readonly standing: StepStanding;
}

/** The step of this name in a case that is open, or why there is none. */
export function turnIn(one: Case, id: string, { clock }: ClockPart): Turn | Refusal {
  const step = one.procedure.rules?.steps.find((its) => its.id === id);
  if (step === undefined)
    return refuse("not-declared", `expected a step of the agreement, got "${id}"`);
  if (caseProgress(one, clock.at).phase === "closed")
    return refuse("issued-out-of-order", `expected a case that is open, got "${one.name}"`);
  const standing = stepsOf(one, clock.at).find((its) => its.id === id)?.standing;
  return { step, standing: standing ?? "to-come" };
}

/** The terms by which it is known in which role somebody speaks. */
export type RolesPart = UnderTerms<"keeper" | "parties" | "roles">;

const ROLE_OF = {
  inspectors: "inspector",
  panel: "adjudicator",
  party: "party",
  keeper: "keeper",
} as const;

/** Why somebody may not take a step that is this actor's. Nobody judges or inspects its own case. */
export function notItsTurn(
  by: Actor,
  step: string,
  issuer: string,
  accused: string,
  { agreement }: RolesPart,
): Refusal | undefined {
  const may =
    by === "accused"
      ? issuer === accused
      : issuer !== accused && roleOf(agreement.terms, issuer) === ROLE_OF[by];
  return may ? undefined : refuse("not-its-own", `expected ${step} by the ${by}, got ${issuer}`);
}
