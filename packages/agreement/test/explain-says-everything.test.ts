import { readFileSync } from "node:fs";
import {
  conditionSentence,
  type Draft,
  draftSchema,
  explain,
  parseDraft,
} from "@standstill/agreement";
import { describe, expect, it } from "vitest";

const draft = parseDraft(
  readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8"),
);
const textOf = (terms: Draft) => JSON.stringify(explain(terms));

/** Every leaf of the terms, as a path. */
function* leaves(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (typeof value !== "object" || value === null) yield path;
  else
    for (const [key, item] of Object.entries(value))
      yield* leaves(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** Another value of the same kind, so that the terms stay well-formed. */
function other(value: unknown): unknown[] {
  if (typeof value === "number") return [value + 1];
  const text = String(value);
  return [
    text.replace(/^(\d+) /, (_, digits: string) => `${BigInt(digits) + 1n} `),
    text === "0.90" ? "0.80" : `${text}1`,
    ...["measured", "estimated", "taper", "training-as-inference", "undeclared-run"].filter(
      (one) => one !== text,
    ),
    `${text} too`,
    `${text}-too`,
  ].filter((candidate) => candidate !== text);
}

function changed(path: readonly (string | number)[]): Draft | undefined {
  const copy = structuredClone(draft) as unknown;
  const parent = path
    .slice(0, -1)
    .reduce((at, key) => (at as Record<string | number, unknown>)[key], copy) as Record<
    string | number,
    unknown
  >;
  const last = path.at(-1) as string | number;
  const before = parent[last];
  for (const candidate of other(before)) {
    parent[last] = candidate;
    const result = draftSchema.safeParse(copy);
    if (result.success) return result.data;
  }
  return undefined;
}

describe("the prose of the example agreement", () => {
  const paths = [...leaves(draft)];

  it("changes with every field of the terms that can take another value", () => {
    const fixed: string[] = [];
    for (const path of paths) {
      const terms = changed(path);
      if (terms === undefined) fixed.push(path.join("."));
      else expect(textOf(terms), path.join(".")).not.toBe(textOf(draft));
    }
    // These can take one value only in this version of the language.
    expect(fixed.map((path) => path.replace(/\d+/g, "n"))).toEqual([
      "counting.rule",
      "obligations.n.kind",
      "obligations.n.kind",
      "obligations.n.kind",
      "tripwires.n.indicator",
    ]);
  });

  it("changes when a party, an obligation, a witness, an evasion or a tripwire is taken away", () => {
    for (const list of [
      "parties",
      "obligations",
      "witnesses",
      "tripwires",
      "accelerators",
    ] as const) {
      for (let i = 0; i < draft[list].length; i++) {
        const fewer = {
          ...draft,
          [list]: (draft[list] as unknown[]).filter((_, k) => k !== i),
        } as Draft;
        expect(textOf(fewer), `${list}.${i}`).not.toBe(textOf(draft));
      }
    }
    expect(textOf({ ...draft, goals: { ...draft.goals, evasions: [] } })).not.toBe(textOf(draft));
  });

  it("is prose: sentences that end, no braces, no field names with capitals inside", () => {
    for (const { title, sentences } of explain(draft)) {
      expect(title).toMatch(/^[A-Z][a-z ]+$/);
      for (const sentence of sentences) expect(sentence).toMatch(/^[^{}]*\.$/);
    }
  });
});

it("conditions read as the end of a sentence", () => {
  const name = (id: string) => id.toUpperCase();
  expect(conditionSentence({ all: [{ bound: "a", mode: "cap" }, { clear: "a" }] }, name)).toBe(
    "A is bound to a cap or more and A has no finding standing",
  );
  expect(
    conditionSentence(
      { atLeast: 1, of: [{ clear: "a" }, { all: [{ clear: "b" }, { clear: "c" }] }] },
      name,
    ),
  ).toBe(
    "at least 1 of these hold: A has no finding standing; (B has no finding standing and C has no finding standing)",
  );
});
