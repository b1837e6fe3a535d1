import type { UnderTerms } from "@standstill/agreement";
import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { type IntakePart, type IntakeState, intakeKeysSchema } from "../intake.ts";

/**
 * `intake/open`: a panel says to whose keys reports of people are sealed, and how many of them open one. It is signed by the panel together, so
 * that whoever keeps the server cannot put its own keys there. They are members of the panel, each once; a later word replaces the earlier.
 */
export const intakeOpen = defineStatement({
  type: "intake/open",
  version: DRAFT,
  roles: ["adjudicator"],
  words: "A panel says to whose keys reports of people are sealed.",
  body: intakeKeysSchema,
  reduce: (
    { intake, agreement }: IntakePart & UnderTerms<"roles">,
    { index, statement: { issuer: panel }, body },
  ) => {
    const { roles = [] } = agreement.terms;
    const holders = roles.find(({ id }) => id === panel)?.holders ?? [];
    const names = body.members.map(({ member }) => member);
    const stranger = names.find((name) => !holders.includes(name));
    if (stranger !== undefined || new Set(names).size !== names.length)
      return refuse(
        "not-its-own",
        `expected members of ${panel}, each once, got ${stranger ?? "one twice"}`,
      );
    const next: IntakeState = { ...intake, open: { ...body, panel, index } };
    return { intake: next };
  },
});
