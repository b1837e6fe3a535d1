import type { Terms } from "@standstill/agreement";
import type { Case } from "./case.ts";
import { shareOf } from "./procedure.ts";

/** Who of a panel may sign a ruling, and how many must. */
export interface PanelSigning {
  /** Members whose signatures do not count. */
  readonly recused: ReadonlySet<string>;
  readonly needed: number;
}

/**
 * Nobody rules in its own case: members that are accused, that opened the case, or that declare an interest do not count. Of the others
 * the agreed quorum and majority have to sign, and as many as its role asks in any case; whoever signs agrees.
 *
 * @param declared members that the ruling itself names as recused
 * @example panelSigning(terms, one, []).needed
 */
export function panelSigning(
  { adjudication, roles = [] }: Pick<Terms, "adjudication" | "roles">,
  one: Pick<Case, "party" | "openedBy"> | undefined,
  declared: readonly string[],
  panel: string,
): PanelSigning {
  const role = roles.find(({ id }) => id === panel);
  const out = new Set([...declared, ...(one === undefined ? [] : [one.party, one.openedBy])]);
  const recused = new Set((role?.holders ?? []).filter((member) => out.has(member)));
  const left = (role?.holders.length ?? 1) - recused.size;
  const shares =
    adjudication === undefined || adjudication.panel !== panel
      ? []
      : [shareOf(adjudication.quorum, left), shareOf(adjudication.majority, left)];
  return { recused, needed: Math.max(role?.signatures ?? 1, ...shares) };
}
