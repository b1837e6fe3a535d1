import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACTS } from "@standstill/operation";
import { decodeEntry, openLog, parsePolicy, readEntries } from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import { describe, expect, inject, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Source of every package, by its path below `packages`. */
async function sources(): Promise<[path: string, text: string][]> {
  const below = await readdir(join(ROOT, "packages"), { recursive: true });
  const paths = below.filter((path) => /^[a-z-]+\/src\/.*\.tsx?$/.test(path)).sort();
  return Promise.all(
    paths.map(
      async (path): Promise<[string, string]> => [
        path,
        await readFile(join(ROOT, "packages", path), "utf8"),
      ],
    ),
  );
}

describe("what the example says", () => {
  it("is said by acts that anybody can call", async () => {
    const directory = inject("exampleDirectory");
    const policy = parsePolicy(await readFile(join(directory, "policy"), "utf8"));
    const log = await openLog(directorySource(join(directory, "record")), [...policy.logs]);
    const entries = await readEntries(log.tree);
    const said = new Set(entries.map((entry) => decodeEntry(entry).statement.type));
    expect(said.size).toBeGreaterThan(10);
    expect([...said].filter((type) => !Object.hasOwn(ACTS, type))).toEqual([]);
  });

  it("is signed in one room of the house: nowhere else is a statement signed", async () => {
    const signs = /\b(?:signStatement|withSignatures|unsignedStatement)\b/;
    const signing = (await sources()).filter(([, text]) => signs.test(text));
    expect(signing.map(([path]) => path)).toEqual([
      "operation/src/speak/speak.ts",
      "record/src/envelope.ts",
      "record/src/index.ts",
    ]);
  });
});
