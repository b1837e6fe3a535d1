import { ROLES } from "@standstill/record";
import { statementKinds } from "@standstill/replay";
import { describe, expect, it } from "vitest";

const HEAD = `# Every kind of statement

This page is made from the definitions: \`npx vitest run packages/replay/test/statements-in-the-manual.test.ts -u\` writes it, and the same test fails while it
says something else. The JSON Schema of each body is at \`/api/schemas\`.

| type | said by | what saying it does |
| ---- | ------- | ------------------- |
`;

const saidBy = (roles: readonly string[]) =>
  roles.length === ROLES.length ? "anyone with a role" : roles.join(", ");

/** The page that lists every kind, in the order of the table. */
function page(): string {
  const rows = statementKinds.map(
    ({ type, roles, words }) => `| \`${type}\` | ${saidBy(roles)} | ${words} |\n`,
  );
  return HEAD + rows.join("");
}

describe("every kind of statement", () => {
  it("stands in the manual, with who says it and what that does", async () => {
    await expect(page()).toMatchFileSnapshot("../../../docs/statements.md");
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
