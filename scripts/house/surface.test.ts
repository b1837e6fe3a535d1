import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { libraryPage } from "../library-page.mjs";
import { root } from "../setup/run.mjs";
import {
  entriesOf,
  internalsInPages,
  readTakers,
  unusedExports,
  wronglyMarked,
} from "./surface.mjs";
import { readTree } from "./tree.mjs";

const project = fileURLToPath(root);
const tree = readTree(project);
const takers = readTakers(project);
const entries = entriesOf(tree).map(({ path }) => path);

/** Entries with one more export each, of a file that is planted beside them. */
function planted(text: string, before = "") {
  const texts = new Map<string, string>();
  for (const path of entries) {
    const entry = tree.files.get(path)?.text ?? "";
    const place = path.replace(/[^/]+$/, "planted.ts");
    texts.set(place, text);
    const line = `export { planted, type Planted } from "./planted.ts";`;
    texts.set(path, before === "" ? `${line}\n${entry}` : `${entry}\n${before}\n\n${line}\n`);
  }
  return readTree(project, texts);
}

const TAKES = "export interface Planted {}\nexport function planted(_: Planted): void {}";
const HOLDS = "export interface Planted { planted: typeof planted }\nexport const planted = 1;";

describe("the public surface", () => {
  const refusedBare = wronglyMarked(planted(TAKES));
  const refusedUnused = unusedExports(planted(TAKES, "// @internal"), takers);

  it("is marked in every entry, and holds nothing that nobody takes", () => {
    expect(entries.length).toBeGreaterThan(20);
    expect(wronglyMarked(tree)).toEqual([]);
    expect(unusedExports(tree, takers)).toEqual([]);
    expect(internalsInPages(tree, takers)).toEqual([]);
  });

  it.each(entries)("an export of %s that stands under no mark is refused", (path) => {
    expect(refusedBare).toContain(
      `${path}: planted stands under no mark; say // @public or // @internal`,
    );
  });

  it.each(entries)(
    "an export of %s that nobody takes is refused, and what stands in it",
    (path) => {
      const words = "is exported, but nothing outside of the package takes it";
      const mine = refusedUnused.filter((one) => one.startsWith(`${path}:`));
      expect(mine).toEqual([`${path}: planted ${words}`, `${path}: Planted ${words}`]);
    },
  );

  it("an export that a test, a page or a type in what is taken needs is kept", () => {
    const more = planted(TAKES, "// @internal");
    const of = (path: string, text: string) =>
      unusedExports(more, new Map([...takers, [path, text]])).filter((one) =>
        one.startsWith("packages/gate/src/index.ts:"),
      );
    // The name of the package is put in, since this file is a taker too.
    const takes = (name: string) => `import { planted as mine } from "@standstill/${name}";`;
    expect(of("packages/gate/test/planted.test.ts", takes("gate"))).toEqual([]);
    expect(of("docs/planted.md", takes("gate"))).toEqual([]);
    expect(
      of("bench/planted.mjs", `import * as all from "@standstill/${"gate"}"; all.planted;`),
    ).toEqual([]);
    expect(of("packages/gate/src/other.ts", takes("gate"))).toHaveLength(2);
    expect(of("packages/cli/src/other.ts", takes("audit"))).toHaveLength(2);
  });

  it("what is public cannot ask for what is internal, but may hold it", () => {
    const path = "packages/gate/src/index.ts";
    const entry = tree.files.get(path)?.text ?? "";
    const split = (open: string, closed: string, text: string) =>
      wronglyMarked(
        readTree(
          project,
          new Map([
            ["packages/gate/src/planted.ts", text],
            [
              path,
              `// @public\n\nexport { ${open} } from "./planted.ts";\n${entry}\nexport { ${closed} } from "./planted.ts";\n`,
            ],
          ]),
        ),
      );
    expect(split("planted", "type Planted", TAKES)).toEqual([
      `${path}: planted is public, but Planted, which it names, is internal`,
    ]);
    expect(split("type Planted", "planted", HOLDS)).toEqual([]);
  });

  it("what a page shows is public", () => {
    const page = (name: string) =>
      new Map([["docs/planted.md", `import { ${name} } from "@standstill/${"gate"}";`]]);
    expect(internalsInPages(tree, page("nothingStopped"))).toEqual([
      "docs/planted.md: nothingStopped is internal; a page shows what is public",
    ]);
    expect(internalsInPages(tree, page("decide"))).toEqual([]);
  });

  it("stands in docs/library.md as entries and comments have it: npm run manual", async () => {
    const page = await readFile(new URL("docs/library.md", root), "utf8");
    expect(page).toBe(libraryPage(tree));
  });
});
