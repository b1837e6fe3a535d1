import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ActivityTerms } from "@standstill/agreement";
import { parseActivityTerms } from "@standstill/agreement";
import { readActivityTable } from "@standstill/evidence/activity";
import { judgeActivityLogs } from "@standstill/operation/activity-logs";
import { randomFrom } from "@standstill/statistics";
import { judgeActivity } from "@standstill/verification/logs";
import { activityEvasions, honestActivity, logText } from "@standstill/verification/play";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeInTwo } from "../src/activity-logs/two-threads.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-activity-"));
});
afterAll(() => rm(directory, { recursive: true }));

const honest = honestActivity("threads", { devices: 16, minutes: 240 });

/** A log's verdict from memory, from a file in one thread, and from a file in two. */
async function threeWays(content: string, terms: ActivityTerms) {
  const file = join(directory, "log.jsonl");
  await writeFile(file, content);
  const files = { files: [file], map: undefined, terms };
  const inMemory = judgeActivity(readActivityTable([{ name: "log.jsonl", content }]), terms);
  const one = await judgeActivityLogs({ ...files, largeBytes: Number.POSITIVE_INFINITY });
  const part = { file, name: "log.jsonl", map: undefined };
  const two = await judgeInTwo(part, Buffer.byteLength(content), terms, () => undefined);
  return [inMemory, one.verdict, two?.verdict].map((verdict) => JSON.stringify(verdict));
}

describe("a log that two threads judge", () => {
  it.each(activityEvasions.slice(0, 4))(
    "comes out as in one, byte for byte, with a cheat in either half: $id",
    async ({ commit, edit }) => {
      const cheat = commit(honest, randomFrom("threads"), 0.5);
      expect(cheat).toBeDefined();
      if (cheat === undefined) return;
      const plain = logText(cheat.records, true);
      const text = edit === undefined ? plain : edit(plain, randomFrom("edit"));
      const terms = parseActivityTerms(JSON.stringify(cheat.terms));
      // Lines that are no records lie in either half, and the last one is torn.
      const [inMemory, one, two] = await threeWays(`${text}no record\n${text}no more\n{"to`, terms);
      expect(one).toBe(inMemory);
      expect(two).toBe(inMemory);
    },
  );

  it("is told as one thread tells it where it is no log, and where it cannot be cut", async () => {
    const terms = parseActivityTerms(JSON.stringify(honest.terms));
    // A line that is too long is set aside, in whatever pieces it comes.
    const long = `${logText(honest.records, true)}${"x".repeat(9 << 20)}\n${"y".repeat(400_010)}`;
    const [asOne, once, twice] = await threeWays(long, terms);
    expect(once).toBe(asOne);
    expect([asOne, undefined]).toContain(twice);
    expect(asOne).toContain("2 lines are no records");
    const [inMemory, one, two] = await threeWays("{}", terms);
    expect([one, two]).toEqual([inMemory, undefined]);
  });
});

describe("logs in files", () => {
  const terms = parseActivityTerms(JSON.stringify(honest.terms));
  const text = logText(honest.records, true);

  it("are the same packed or not, and are told of as they are read", async () => {
    const [plain, packed] = [join(directory, "log.jsonl"), join(directory, "log.jsonl.gz")];
    await writeFile(plain, text);
    await writeFile(packed, gzipSync(text));
    let read = 0;
    const onBytes = (_file: string, bytes: number) => {
      read += bytes;
    };
    const found = await judgeActivityLogs({ files: [plain], map: undefined, terms, onBytes });
    expect(read).toBe(Buffer.byteLength(text));
    const unpacked = await judgeActivityLogs({ files: [packed], map: undefined, terms });
    expect({ ...unpacked.verdict }).toEqual({ ...found.verdict });
  });

  it.each([
    ["a file that is not there", "none.jsonl", undefined, { code: "ENOENT" }],
    ["what is no gzip", "no.jsonl.gz", "plain", { name: "EvidenceError", code: "malformed-file" }],
    [
      "gzip that ends early",
      "torn.jsonl.gz",
      gzipSync(text).subarray(0, 99),
      { name: "EvidenceError" },
    ],
  ])("%s ends in an error that says so", async (_name, name, content, error) => {
    const file = join(directory, name);
    if (content !== undefined) await writeFile(file, content);
    await expect(judgeActivityLogs({ files: [file], map: undefined, terms })).rejects.toMatchObject(
      error,
    );
  });
});
