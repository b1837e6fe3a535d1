import type { UnderTerms } from "@standstill/agreement";
import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { type BoxPart, type BoxState, boxKeysSchema } from "../box.ts";

/**
 * `box/open`: a panel says to whose keys reports of people are sealed, and how many of them open one. It is signed by the panel together, so
 * that whoever keeps the server cannot put its own keys there. They are members of the panel, each once; a later word replaces the earlier.
 */
export const boxOpen = defineStatement({
  type: "box/open",
  version: DRAFT,
  roles: ["adjudicator"],
  words: "A panel says to whose keys reports of people are sealed.",
  body: boxKeysSchema,
  reduce: (
    { box, agreement }: BoxPart & UnderTerms<"roles">,
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
    const next: BoxState = { ...box, open: { ...body, panel, index } };
    return { box: next };
  },
});
