import { readdirSync, readFileSync } from "node:fs";
import { draftSchema, parseDraft } from "@standstill/agreement";
import { canonicalJson } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { scaled } from "../../../tests/support/scale.ts";
import { condition } from "./conditions.ts";
import { full } from "./full-agreement.ts";

const agreements = new URL("../../../agreements/", import.meta.url);
const files = ["rules", "treaties"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, agreements))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`),
);

describe("the canonical form reads back as itself, from JSON and from YAML", () => {
  it.each(["example.yaml", ...files])("%s", (file) => {
    const draft = parseDraft(readFileSync(new URL(file, agreements), "utf8"));
    const canonical = canonicalJson(draft);
    expect(canonicalJson(parseDraft(canonical))).toBe(canonical);
    expect(canonicalJson(parseDraft(stringify(draft, { aliasDuplicateObjects: false })))).toBe(
      canonical,
    );
  });

  it("of any generated agreement, whatever order its fields are written in", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), {
      minLength: 5,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        names,
        condition,
        fc.integer({ min: 0, max: 400 }),
        fc.bigInt({ min: 1n, max: 10n ** 30n }),
        fc.constantFrom("once", "throughout"),
        (ids, when, delayDays, flop, holds) => {
          const parties = ["a", "b", "c", "d", "e", ...ids.map((id) => `x-${id}`)];
          const draft = draftSchema.parse({
            ...full,
            parties: parties.map((id) => ({ id, name: id.toUpperCase() })),
            groups: [{ id: "few", title: "Few.", parties: ["a", "b"] }],
            weights: [
              {
                id: "flop",
                title: "T.",
                unit: "u",
                frozen: "2026-01-01",
                total: "9",
                of: { a: "4" },
                source: "S.",
              },
            ],
            obligations: [
              {
                id: "one",
                kind: "training-run-limit",
                title: "T.",
                mode: "cap",
                limit: `${flop} FLOP`,
              },
            ],
            entry: { title: "T.", when: JSON.parse(JSON.stringify(when)), delayDays, holds },
          });
          const canonical = canonicalJson(draft);
          const backwards = JSON.stringify(Object.fromEntries(Object.entries(draft).reverse()));
          // Written out of order and read again through the schema alone, it is the same agreement.
          expect(canonicalJson(draftSchema.parse(JSON.parse(backwards)))).toBe(canonical);
          expect(canonicalJson(draftSchema.parse(JSON.parse(canonical)))).toBe(canonical);
        },
      ),
      { numRuns: scaled(200) },
    );
  });
});
