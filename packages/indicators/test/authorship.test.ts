import {
  AuthorshipTallier,
  authorshipOf,
  type LoggedCommit,
  noteObjects,
  parseNoteBatch,
  SurvivingLines,
} from "@standstill/indicators";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const AI = "a".repeat(40);
const HUMAN = "b".repeat(40);
const NOTED = "c".repeat(40);

function commit(id: string, name: string, more: Partial<LoggedCommit> = {}): LoggedCommit {
  return {
    id,
    month: "2026-05",
    authorName: name,
    authorEmail: `${name.toLowerCase()}@example.org`,
    committerName: name,
    message: "",
    isMerge: false,
    files: [{ path: "a.ts", added: 10 }],
    uncounted: 0,
    ...more,
  };
}

function tallierOf() {
  const notes = new Map([
    [NOTED, new Map([["old.ts", [{ author: "ai" as const, from: 2, to: 3 }]]])],
  ]);
  const tallier = new AuthorshipTallier({ humans: new Set(["ada@example.org"]), notes });
  tallier.take(commit(AI, "Claude", { authorEmail: "noreply@anthropic.com" }));
  tallier.take(commit(HUMAN, "Ada"));
  tallier.take(commit(NOTED, "Bob", { files: [{ path: "old.ts", added: 4 }] }));
  return tallier;
}

const blame = (id: string, first: number, count: number, path: string) =>
  `${id} ${first} ${first} ${count}\nauthor X\nsummary no ${"d".repeat(40)} 1 2\nfilename ${path}\n`;

describe("lines that survive", () => {
  it("are of whoever wrote their commit, or line by line where a note attests it, under the name of that time", () => {
    const lines = new SurvivingLines(tallierOf());
    lines.takeBlame("a.ts", blame(AI, 1, 6, "a.ts") + blame(HUMAN, 1, 3, "a.ts"));
    lines.takeBlame("new.ts", blame(NOTED, 1, 4, "old.ts"));
    lines.takeGenerated(5);
    expect(lines.end()).toEqual({ ai: 8, human: 3, unknown: 7, generated: 5, total: 18 });
  });

  it("add up to their total, whatever git says", () => {
    const anyBlame = fc.array(
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.constantFrom(AI, HUMAN, NOTED, "e".repeat(40)), fc.nat(50), fc.nat(50))
          .map(([id, first, count]) => blame(id, first, count, "old.ts")),
      ),
    );
    fc.assert(
      fc.property(anyBlame, (said) => {
        const lines = new SurvivingLines(tallierOf());
        lines.takeBlame("a.ts", said.join("\n"));
        const { ai, human, unknown, total } = lines.end();
        expect(ai + human + unknown).toBe(total);
      }),
    );
  });
});

describe("notes as git gives them out", () => {
  const note = "a.ts\n  s_0123456789abcd 1-4\n---\n{}";
  const object = (id: string, content: string) =>
    `${id} blob ${new TextEncoder().encode(content).length}\n${content}\n`;

  it("belong to their commits in order, also where two commits have the same note", () => {
    const list = `${"1".repeat(40)} ${AI}\n${"1".repeat(40)} ${HUMAN}\n`;
    const batch = new TextEncoder().encode(object("1".repeat(40), note).repeat(2));
    expect([...parseNoteBatch(list, batch).keys()]).toEqual([AI, HUMAN]);
    expect(noteObjects(list)).toHaveLength(2);
  });

  it("an answer that ends early is refused: a note that is missing would be a line that nobody attests", () => {
    const list = `${"1".repeat(40)} ${AI}\n`;
    const whole = new TextEncoder().encode(object("1".repeat(40), note));
    for (let length = 0; length < whole.length - 1; length++)
      expect(() => parseNoteBatch(list, whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "malformed-data" }),
      );
  });
});

describe("who wrote a repository", () => {
  it("is told with its bounds, and as indicators", () => {
    const scope = { head: AI, merges: true, paths: [], since: undefined, notes: true };
    const found = authorshipOf(scope, tallierOf().end(), null);
    expect(found).toMatchObject({ head: AI, surviving: null, addedLines: { total: 24 } });
    expect(found.coverage).toBeGreaterThan(0);
    expect(found.months).toMatchObject([{ month: "2026-05" }]);
    expect(found.indicators.map(({ indicator }) => indicator)).toEqual([
      "ai-line-share",
      "attribution-coverage",
    ]);
  });

  it("nothing to measure has no coverage, not a coverage of zero", () => {
    const scope = { head: AI, merges: true, paths: [], since: undefined, notes: true };
    const none = new AuthorshipTallier({ humans: new Set(), notes: new Map() }).end();
    expect(authorshipOf(scope, none, null).coverage).toBeNull();
  });
});
