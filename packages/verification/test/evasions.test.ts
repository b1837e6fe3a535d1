import { readFileSync } from "node:fs";
import { activityEvasions, siteEvasions } from "@standstill/verification/play";
import { describe, expect, it } from "vitest";
import { evasions } from "../src/evasions/index.ts";

const manual = (name: string) =>
  readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), "utf8");

/** Names in the first column of the table of what was tried. */
function tried(text: string): string[] {
  const [, table = ""] = text.split("| evasion ");
  const [rows = ""] = table.split("\n\n");
  return [...rows.matchAll(/^\| ([a-z-]+[a-z]) /gm)].map(([, name = ""]) => name);
}

/** Every file of the sources that one of them loads, by itself or through others. */
function loadedBy(entry: URL): Set<string> {
  const found = new Set([entry.href]);
  // A set that grows is walked to its end.
  for (const file of found)
    for (const [, kind, path = ""] of readFileSync(new URL(file), "utf8").matchAll(
      /^(?:import|export) (type )?[^;]*?"(\.[^"]+)";$/gm,
    ))
      if (kind === undefined) found.add(new URL(path, file).href);
  return found;
}

describe("the table of evasions", () => {
  it("has each name once", () => {
    const ids = evasions.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("is the table of the manual, of sites and of logs", () => {
    expect(tried(manual("verification-figures"))).toEqual(siteEvasions.map(({ id }) => id));
    expect(tried(manual("activity-log"))).toEqual(activityEvasions.map(({ id }) => id));
  });

  it("and the manual names every evasion that no log can show", () => {
    const [, list = ""] = manual("activity-log").split("## What is not found");
    const never = evasions.flatMap((one) =>
      "onLogs" in one && one.onLogs !== true ? [one.id] : [],
    );
    expect(never.length).toBeGreaterThan(5);
    expect(never.filter((id) => !list.includes(`\`${id}\``))).toEqual([]);
  });
});

describe("who only judges", () => {
  it.each(["index.ts", "logs/index.ts"])("loads nothing that commits an evasion: %s", (name) => {
    const files = [...loadedBy(new URL(`../src/${name}`, import.meta.url))];
    expect(files.some((file) => file.endsWith("/evasions/index.ts"))).toBe(true);
    expect(files.filter((file) => /\/play\/|\/on-(?:sites|logs)\.ts$/.test(file))).toEqual([]);
  });
});
