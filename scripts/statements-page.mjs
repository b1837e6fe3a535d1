// The page of the manual that lists every kind of statement, from the definitions.

/**
 * @param {readonly {readonly type: string, readonly roles: readonly string[], readonly words: string}[]} kinds
 * @param {readonly string[]} roles all that there are
 */
export function statementsPage(kinds, roles) {
  const saidBy = (some) => (some.length === roles.length ? "anyone with a role" : some.join(", "));
  const rows = kinds.map((kind) => `| \`${kind.type}\` | ${saidBy(kind.roles)} | ${kind.words} |`);
  return `# Every kind of statement

Made from the definitions by \`npm run manual\`. The JSON Schema of each body is at \`/api/schemas\`.

| type | said by | what saying it does |
| --- | --- | --- |
${rows.join("\n")}
`;
}
