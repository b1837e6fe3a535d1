import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { root } from "../setup/run.mjs";
import { styleRefusals } from "./style.mjs";
import { readTree } from "./tree.mjs";

const project = fileURLToPath(root);
const PLANTED = "packages/gate/src/planted.ts";
const PAGE = "packages/dashboard/src/planted.tsx";

/** What is refused of the house with these texts planted in it. */
function refusedWith(texts: Readonly<Record<string, string>>): readonly string[] {
  return styleRefusals(readTree(project, new Map(Object.entries(texts))));
}

/** Far more lines of one text than the house can bear if each of them is a cast. */
function often(line: string): string {
  return `${line}\n`.repeat(1000);
}

describe("the fence of style", () => {
  it("lets the house pass as it is", () => {
    expect(refusedWith({})).toEqual([]);
  });

  it.each([
    "void (value as string);",
    "void (value as unknown as string);",
    "void <string>value;",
    "void [...(value as readonly string[])];",
  ])("refuses too many types that are only asserted, and names the files: %s", (line) => {
    const refusals = refusedWith({ [PLANTED]: `declare const value: unknown;\n${often(line)}` });
    expect(refusals).toEqual([
      expect.stringMatching(/types are asserted .* most in packages\/gate/),
    ]);
    expect(refusals.join()).toMatch(/planted\.ts \([12]000\)/);
  });

  it("counts them in what a page shows too", () => {
    const line = "void (<p>{value as string}</p>);";
    expect(refusedWith({ [PAGE]: `declare const value: unknown;\n${often(line)}` })).toHaveLength(
      1,
    );
  });

  it.each([
    'void (["one"] as const);',
    "void ({ one: 1 } satisfies object);",
    'void "value as string, <string>value";',
    "// value as string",
    'export * as planted from "./gate.ts";',
  ])("counts nothing that asserts no type: %s", (line) => {
    expect(refusedWith({ [PLANTED]: often(line) })).toEqual([]);
  });

  it.each([
    "try { ask(); } catch {}",
    "try { ask(); } catch { answer(); }",
    "// A reason elsewhere.\ntry { ask(); } catch { answer(); } // And here.",
    "try { /* What is tried. */ ask(); } catch { answer(); } finally { /* In the end. */ }",
  ])("refuses a catch that drops an error without a reason: %s", (text) => {
    expect(refusedWith({ [PLANTED]: text })).toEqual([
      expect.stringMatching(/^packages\/gate\/src\/planted\.ts:\d: it drops an error/),
    ]);
  });

  it.each([
    "try { ask(); } catch {\n  // Nobody is there: that is an answer.\n}",
    "try { ask(); } catch (error) { tell(error); }",
    "ask().catch(() => undefined);",
  ])("lets pass a catch that says why, or takes the error: %s", (text) => {
    expect(refusedWith({ [PLANTED]: text })).toEqual([]);
  });
});
