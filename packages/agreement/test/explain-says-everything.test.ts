import { readdirSync, readFileSync } from "node:fs";
import {
  conditionSentence,
  type Draft,
  draftSchema,
  explain,
  parseDraft,
} from "@standstill/agreement";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { full } from "./full-agreement.ts";

const agreements = new URL("../../../agreements/", import.meta.url);
const textOf = (terms: Draft) => JSON.stringify(explain(terms));
type Path = readonly (string | number)[];

/** Every place in the terms, leaves and what holds them. */
function* places(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value))
    yield* places(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

function parentOf(terms: unknown, path: Path): Record<string | number, unknown> {
  return path
    .slice(0, -1)
    .reduce((at, key) => (at as Record<string | number, unknown>)[key], terms) as Record<
    string | number,
    unknown
  >;
}

/** Every word that some choice of the language offers. */
function wordsOf(schema: unknown): string[] {
  const text = JSON.stringify(schema);
  return [...text.matchAll(/"enum":\[([^\]]*)\]/g)].flatMap(
    (match) => JSON.parse(`[${match[1]}]`) as string[],
  );
}

const schema = z.toJSONSchema(draftSchema, { unrepresentable: "any" });
const words = [...new Set(wordsOf(schema))];

/** Other values of the same kind, so that some terms stay well-formed. */
function others(value: unknown): unknown[] {
  if (typeof value === "number") return [value + 1, value - 1];
  if (typeof value === "boolean") return [!value];
  const text = String(value);
  return [
    text.replace(/^(\d+) /, (_, digits: string) => `${BigInt(digits) + 1n} `),
    text.replace(/^0\.(\d)/, (_, digit: string) => `0.${(Number(digit) + 1) % 10}`),
    text.replace(/-01$|-04$/, "-09"),
    text.replace("T00:", "T01:"),
    ...words,
    "de",
    "cd".repeat(32),
    `${text}1`,
    `${text} too`,
  ].filter((candidate) => candidate !== text);
}

function changed(path: Path): Draft | undefined {
  const copy = structuredClone(full);
  const parent = parentOf(copy, path);
  const last = path.at(-1) as string | number;
  for (const candidate of others(parent[last])) {
    parent[last] = candidate;
    const result = draftSchema.safeParse(copy);
    if (result.success) return result.data;
  }
  return undefined;
}

function without(path: Path): Draft | undefined {
  const copy = structuredClone(full);
  const parent = parentOf(copy, path);
  const last = path.at(-1) as string | number;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  const result = draftSchema.safeParse(copy);
  return result.success ? result.data : undefined;
}

describe("the prose of terms that use every field", () => {
  const all = [...places(full)];
  const leaves = all.filter((path) => {
    const value = parentOf(full, path)[path.at(-1) as string | number];
    return typeof value !== "object" || value === null;
  });

  it("uses every field of the language", () => {
    const used = new Set(all.flat().filter((key) => typeof key === "string"));
    const fields = [...JSON.stringify(schema).matchAll(/"properties":\{/g)].length;
    const names = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { properties } = node as { properties?: Record<string, unknown> };
      for (const name of Object.keys(properties ?? {})) names.add(name);
      for (const item of Object.values(node)) collect(item);
    };
    collect(schema);
    expect(fields).toBeGreaterThan(60);
    expect([...names].filter((name) => !used.has(name))).toEqual([]);
  });

  it("changes with every field that can take another value", () => {
    const fixed: string[] = [];
    for (const path of leaves) {
      const terms = changed(path);
      if (terms === undefined) fixed.push(path.join("."));
      else expect(textOf(terms), path.join(".")).not.toBe(textOf(full));
    }
    // These can take one value only in this version of the language, or none that leaves the rest well-formed.
    const ofCondition = /(?:\.when|\.heldBackWhile)(?:\.of\.\d+|\.that)*\.kind$/;
    expect(fixed.filter((path) => ofCondition.test(path))).toHaveLength(20);
    const others = fixed.filter((path) => !ofCondition.test(path));
    expect(others.map((path) => path.replace(/\d+/g, "n"))).toEqual([
      "parties.n.countedWithMembers",
      ...Array(14).fill("obligations.n.kind"),
      "tripwires.n.indicator",
      "tripwires.n.worse",
    ]);
  });

  it("changes when anything is taken away that can be", () => {
    let taken = 0;
    for (const path of all) {
      const terms = without(path);
      if (terms === undefined) continue;
      taken++;
      expect(textOf(terms), path.join(".")).not.toBe(textOf(full));
    }
    expect(taken).toBeGreaterThan(120);
  });
});

describe.each([
  "example.yaml",
  ...["rules", "treaties"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, agreements))
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => `${folder}/${name}`),
  ),
])("the prose of %s", (name) => {
  it("is prose: sentences that end, no braces, no field names with capitals inside", () => {
    const articles = explain(parseDraft(readFileSync(new URL(name, agreements), "utf8")));
    for (const { title, sentences } of articles) {
      expect(title).toMatch(/^[A-Z][a-z ]+$/);
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[^{}]*\.$/);
        expect(sentence).not.toMatch(/withinDays|graceDays|noticeDays|undefined|\[object/);
      }
    }
  });
});

it("conditions read as the end of a sentence", () => {
  const name = (id: string) => id.toUpperCase();
  expect(
    conditionSentence(
      {
        kind: "all",
        of: [
          { kind: "bound", party: "a", mode: "cap" },
          { kind: "clear", party: "a" },
        ],
      },
      name,
    ),
  ).toBe("A is bound to a cap or more and A has no finding standing");
  expect(
    conditionSentence(
      {
        kind: "at-least",
        number: 1,
        of: [
          { kind: "clear", party: "a" },
          {
            kind: "all",
            of: [
              { kind: "clear", party: "b" },
              { kind: "clear", party: "c" },
            ],
          },
        ],
      },
      name,
    ),
  ).toBe(
    "at least 1 of these hold: A has no finding standing; (B has no finding standing and C has no finding standing)",
  );
});
