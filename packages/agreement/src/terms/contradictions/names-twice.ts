import type { Draft } from "../terms.ts";
import type { Contradiction, Path } from "./contradiction.ts";

/** Names that one list gives to two things. */
export function* namesTwice(terms: Draft): Generator<Contradiction> {
  for (const [path, list] of listsOf(terms)) {
    const seen = new Set<string>();
    for (const { id } of list) {
      if (seen.has(id)) yield { path, message: `expected each name once, got "${id}" twice` };
      seen.add(id);
    }
  }
}

const LISTS = [
  "groups",
  "weights",
  "witnesses",
  "roles",
  "definitions",
  "accelerators",
  "obligations",
  "exemptions",
  "uses",
  "reporting",
  "tripwires",
  "triggers",
  "safeguards",
] as const;

type Named = readonly { readonly id: string }[];

function listsOf(terms: Draft): (readonly [Path, Named])[] {
  return [
    [["parties"], [terms.keeper, ...terms.parties]],
    [["adjudication", "steps"], terms.adjudication?.steps ?? []],
    ...LISTS.map((name): [Path, Named] => [[name], terms[name] ?? []]),
  ];
}
