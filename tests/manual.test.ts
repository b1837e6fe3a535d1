import { access, readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createProgram } from "standstill";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const silent = { out: () => undefined, err: () => undefined };
const program = await createProgram(silent, async () => undefined);

/** Commands in a text of Markdown: in a line of a block of code, or between backticks. */
function commandsIn(markdown: string): string[] {
  const joined = markdown.replace(/\\\n\s*/g, " ");
  const lines = joined.match(/^(?:npx )?standstill .*$/gm) ?? [];
  const spans = [...joined.matchAll(/`(?:npx )?(standstill [a-z][^`\\\n]*)`/g)].map(
    ([, one]) => one,
  );
  return [...lines, ...spans].map(
    (one) =>
      String(one)
        .replace(/^npx /, "")
        .split(/ [|>] /)[0] as string,
  );
}

/** What of a command line the program does not know; nothing where it knows all. */
function unknownIn(line: string): string | undefined {
  const [, ...words] = line.split(/\s+/);
  let command = program;
  const options = new Set<string>(["--help"]);
  for (const word of words) {
    const below = command.commands.find((one) => one.name() === word);
    if (below !== undefined) {
      command = below;
      for (const { long } of command.options) if (long) options.add(long);
    } else if (command.commands.length > 0 && /^[a-z]/.test(word)) return word;
    else if (word.startsWith("--") && !options.has(word)) return word;
  }
  return undefined;
}

describe("the manual", async () => {
  const docs = (await readdir(`${root}docs`)).filter((name) => name.endsWith(".md"));
  const files = ["README.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`)];
  const all = await Promise.all(
    files.map(
      async (file) => [file, commandsIn(await readFile(`${root}${file}`, "utf8"))] as const,
    ),
  );

  it.each(all.filter(([, lines]) => lines.length > 0))(
    "%s names commands and options that there are",
    (_file, lines) => {
      for (const line of lines)
        expect(`${line}: ${unknownIn(line) ?? "known"}`).toBe(`${line}: known`);
    },
  );

  it("every file that the ways through the house name is there", async () => {
    const text = await readFile(`${root}docs/architecture.md`, "utf8");
    const named = [...text.matchAll(/`([a-z-]+\/src\/[\w./-]+)`/g)].map(([, one]) => one);
    expect(named.length).toBeGreaterThan(50);
    for (const file of named) await access(`${root}packages/${file}`);
  });

  it("a command or an option that is not there would be seen", () => {
    expect(commandsIn("`standstill agreement lint`")).toEqual(["standstill agreement lint"]);
    expect(unknownIn("standstill agreement lint")).toBe("lint");
    expect(unknownIn("standstill gate check x --no-such")).toBe("--no-such");
    expect(all.flatMap(([, lines]) => lines).length).toBeGreaterThan(40);
  });
});
