import { readFile } from "node:fs/promises";
import { ROLES } from "@standstill/record";
import { statementKinds } from "@standstill/replay";
import { describe, expect, it } from "vitest";
import { statementsPage } from "../../../scripts/statements-page.mjs";

describe("every kind of statement", () => {
  it("stands in docs/statements.md as it is defined: npm run manual", async () => {
    const page = await readFile(new URL("../../../docs/statements.md", import.meta.url), "utf8");
    expect(page).toBe(statementsPage(statementKinds, ROLES));
  });

  it("is named noun/verb, and no two have one type and version", () => {
    const names = statementKinds.map(({ type, version }) => `${type} ${version}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { type } of statementKinds) expect(type).toMatch(/^[a-z]+\/[a-z]+$/);
  });

  it("says what it does in one plain sentence of at most 100 characters", () => {
    for (const { type, words } of statementKinds) {
      expect(words, type).toMatch(/^[A-Z][^.!|]*\.$/);
      expect(words.length, type).toBeLessThanOrEqual(100);
    }
  });
});
