import { readdir, readFile } from "node:fs/promises";
import { dirname, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const PLACES = ["", "docs/", "docs/develop/", "docs/decisions/", "bench/", "data/"];

/** Pages of Markdown, by their path from the root. */
async function pages(): Promise<Map<string, string>> {
  const packages = (await readdir(`${root}packages`)).map((name) => `packages/${name}/`);
  const found = new Map<string, string>();
  for (const place of [...PLACES, ...packages]) {
    for (const name of await readdir(root + place)) {
      if (name.endsWith(".md"))
        found.set(place + name, await readFile(root + place + name, "utf8"));
    }
  }
  return found;
}

/** Links from one page to files of this project: the file, from the root, and the heading if one is named. */
function linksOf(page: string, text: string): (readonly [file: string, heading: string])[] {
  return [...text.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, file = "", heading = ""]) => [
      file === "" ? page : normalize(`${dirname(page)}/${file}`),
      heading,
    ],
  );
}

/** Headings as GitHub names them in links. */
function headingsOf(text: string): Set<string> {
  const withoutCode = text.replace(/^```[\s\S]*?^```/gm, "");
  return new Set(
    [...withoutCode.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- ]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** Links that lead nowhere. */
async function brokenIn(all: ReadonlyMap<string, string>): Promise<string[]> {
  const broken: string[] = [];
  for (const [page, text] of all) {
    for (const [file, heading] of linksOf(page, text)) {
      const isBroken =
        heading === "" ? !(await isThere(file)) : !headingsOf(all.get(file) ?? "").has(heading);
      if (isBroken) broken.push(`${page}: ${file}${heading === "" ? "" : `#${heading}`}`);
    }
  }
  return broken;
}

function isThere(file: string): Promise<boolean> {
  const folder = dirname(file);
  return readdir(root + folder).then(
    (names) =>
      file.endsWith("/") || names.includes(file.slice(folder === "." ? 0 : folder.length + 1)),
    // A folder that cannot be read holds no page.
    () => false,
  );
}

it("every link from page to page leads to a file and a heading that are there", async () => {
  const all = await pages();
  expect([...all].flatMap(([page, text]) => linksOf(page, text)).length).toBeGreaterThan(50);
  expect(await brokenIn(all)).toEqual([]);
  expect(
    await brokenIn(new Map([["docs/x.md", "[a](gone.md) [b](#gone) [c](../README.md)"]])),
  ).toEqual(["docs/x.md: docs/gone.md", "docs/x.md: docs/x.md#gone"]);
});

it("every page of the manual is in its list, by kind of reader", async () => {
  const all = await pages();
  const listed = new Set(
    linksOf("docs/README.md", all.get("docs/README.md") ?? "").map(([file]) => file),
  );
  const ofManual = [...all.keys()].filter((page) => /^docs\/(?!README)[^/]+$/.test(page));
  expect(ofManual.filter((page) => !listed.has(page))).toEqual([]);
});
