// The page of the manual that lists what others may build on, from the entries of packages and the comments of what they export.
import { isType } from "./house/signature.mjs";
import { entriesOf, markedExports } from "./house/surface.mjs";
import { declarationOf, packageOf } from "./house/tree.mjs";

/** @param {ReturnType<import("./house/tree.mjs").readTree>} tree */
export function libraryPage(tree) {
  const open = markedExports(tree).filter(({ mark }) => mark === "public");
  const parts = entriesOf(tree).flatMap(({ path, specifier }) => {
    const mine = open
      .filter((one) => one.path === path)
      .map(({ name }) => ({ name, at: declarationOf(tree, path, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const types = mine.filter(({ at }) => isType(tree, at)).map(({ name }) => `\`${name}\``);
    const rows = mine
      .filter(({ at }) => !isType(tree, at))
      .map(({ name, at }) => `| \`${name}\` | ${firstSentenceOf(tree, at)} |`);
    if (mine.length === 0) return [];
    return [
      `## ${specifier}`,
      ...(rows.length === 0
        ? []
        : [["| name | what it is |", "| --- | --- |", ...rows].join("\n")]),
      ...(types.length === 0 ? [] : [`Types: ${types.join(", ")}.`]),
    ];
  });
  const inside = entriesOf(tree).filter(({ path }) => open.every((one) => one.path !== path));
  return `${[
    "# What others may build on",
    "Made from the entries of packages by `npm run manual`. What stands here changes, from 0.2.0 on, only with a release that says so. Everything else that a package\nexports is for the other packages of this house and changes whenever they need it ([decision](decisions/2026-11-27-surface.md)).\nWhat each name takes and gives stands at its declaration, which an editor shows.",
    `Nothing of these is public: ${inside.map(({ specifier }) => `\`${specifier}\``).join(", ")}. The program \`standstill\` is called with \`--json\`.`,
    ...parts,
  ].join("\n\n")}\n`;
}

/** What the comment at a declaration says first. */
export function firstSentenceOf(tree, { path, name }) {
  const { text } = tree.files.get(path);
  const declared = new RegExp(
    `^export (?:async |abstract )*(?:function\\*?|class|const|let) ${name}\\b`,
    "m",
  ).exec(text);
  const before = text.slice(0, declared?.index ?? 0);
  const [, comment = ""] = /\/\*\*((?:(?!\*\/).)*)\*\/\s*$/s.exec(before) ?? [];
  const plain = comment
    .replaceAll(/^\s*\* ?/gm, "")
    .split(/^@|\n\s*\n/m)[0]
    .replaceAll(/\s+/g, " ")
    .trim();
  const first = /^.*?[.](?=\s|$)/.exec(plain)?.[0] ?? plain;
  if (first === "")
    throw new Error(`expected a comment that says what ${name} is, got none (${packageOf(path)})`);
  return first.replaceAll("|", "\\|");
}
