import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folderSource } from "../src/check/folder-source.ts";

const file = (path: string) => ({ path, file: new Blob([path]) });
const names = fc.array(fc.constantFrom("a", "b", "record", "copies"), { maxLength: 4 });

describe("a record in a folder that somebody chose", () => {
  it("is found below any folder, and reads what lies beside its checkpoint", async () => {
    await fc.assert(
      fc.asyncProperty(names, async (folders) => {
        const root = folders.map((name) => `${name}/`).join("");
        const source = folderSource([file(`${root}checkpoint`), file(`${root}tile/0/000`)]);
        const bytes = await source?.read("tile/0/000");
        expect(new TextDecoder().decode(bytes)).toBe(`${root}tile/0/000`);
        expect(await source?.list?.()).toEqual(["checkpoint", "tile/0/000"]);
      }),
    );
  });

  it("is the folder called record before a copy that lies deeper or higher", async () => {
    const files = ["x/checkpoint", "x/record/checkpoint", "x/record/old/record/checkpoint"];
    const source = folderSource(files.map(file));
    expect(new TextDecoder().decode(await source?.read("checkpoint"))).toBe("x/record/checkpoint");
  });

  it("is none where no checkpoint lies, whatever else does", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (paths) => {
        const without = paths.filter((path) => !/(?:^|\/)checkpoint$/.test(path));
        expect(folderSource(without.map(file))).toBeUndefined();
      }),
    );
  });
});
