import type { Terms } from "@standstill/agreement";
import type { SignersAsked } from "@standstill/record";
import type { Case } from "./case.ts";
import { neededOf } from "./procedure.ts";

/**
 * Nobody rules in its own case: members that are accused or that opened it do not count. Of the others the agreed quorum and majority have to
 * sign, and as many as its role asks in any case; whoever signs agrees. Members that the ruling names as recused do not sign it, but fewer
 * are not enough for that: or a few could rule by declaring everybody else an interested party.
 *
 * @param declared members that the ruling itself names as recused
 * @example panelSigning(terms, one, []).needed
 */
export function panelSigning(
  { adjudication, roles = [] }: Pick<Terms, "adjudication" | "roles">,
  one: Pick<Case, "party" | "openedBy" | "procedure"> | undefined,
  declared: readonly string[],
  panel: string,
): SignersAsked {
  const role = roles.find(({ id }) => id === panel);
  const holders = role?.holders ?? [];
  const inItsOwnCase = holders.filter(
    (member) => member === one?.party || member === one?.openedBy,
  );
  const recused = new Set([...inItsOwnCase, ...declared]);
  const left = (role?.holders.length ?? 1) - inItsOwnCase.length;
  const rules = one === undefined ? adjudication : one.procedure.rules;
  const shares =
    rules === undefined || rules === null || rules.panel !== panel
      ? []
      : [neededOf(rules.quorum, left), neededOf(rules.majority, left)];
  return { recused, needed: Math.max(role?.signatures ?? 1, ...shares) };
}
