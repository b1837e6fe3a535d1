import { utf8 } from "@standstill/record";
import {
  type Members,
  makeMemberKeys,
  openReport,
  openShare,
  parseMembers,
  parseSealedReport,
  reportName,
  SealedReportError,
  sealedBytes,
  sealReport,
} from "@standstill/reporting-box";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

type Keys = Awaited<ReturnType<typeof makeMemberKeys>>;
let keys: Keys[];
let members: Members;
beforeAll(async () => {
  keys = await Promise.all(Array.from({ length: 5 }, makeMemberKeys));
  members = parseMembers({
    threshold: 3,
    members: keys.map(({ publicKey }, i) => ({ member: `member-${i}`, publicKey })),
  });
});
const sharesOf = async (report: Awaited<ReturnType<typeof sealReport>>, who: readonly number[]) =>
  Promise.all(who.map((i) => openShare(report, reportName(report), (keys[i] as Keys).privateKey)));
const code = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => (error instanceof SealedReportError ? error.code : "not ours"),
  );

describe("a report that is sealed to a panel", () => {
  it("is read by any three of five members, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", maxLength: 5000 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3, maxLength: 5 }),
        async (text, who) => {
          const report = parseSealedReport(sealedBytes(await sealReport(text, members)));
          const opened = await openReport(report, reportName(report), await sharesOf(report, who));
          expect(opened).toEqual({ text: new TextDecoder().decode(utf8(text)), misfits: [] });
        },
      ),
      { numRuns: scaled(30) },
    );
  });

  it("is read by no two, nor by shares of another report, nor by a stranger", async () => {
    const [one, other] = await Promise.all([
      sealReport("They train at night.", members),
      sealReport("Nothing.", members),
    ]);
    const name = reportName(one);
    const two = await sharesOf(one, [0, 4]);
    expect(await code(openReport(one, name, two))).toBe("too-few-shares");
    expect(await code(openReport(one, name, [...two, ...two]))).toBe("too-few-shares");
    // Not even where somebody wrote into the report that two are enough.
    expect(await code(openReport({ ...one, threshold: 2 }, name, two))).toBe("wrong-key");
    const [theirs] = await sharesOf(other, [2]);
    const swapped = { ...(theirs as (typeof two)[0]), report: name };
    expect(await code(openReport(one, name, [...two, swapped]))).toBe("wrong-key");
    const stranger = await makeMemberKeys();
    expect(await code(openShare(one, name, stranger.privateKey))).toBe("wrong-key");
    expect(await code(openShare(one, name, "AAAA"))).toBe("wrong-key");
  });

  it("a share moved to another report, or bent, opens nothing", async () => {
    const [one, other] = await Promise.all([sealReport("a", members), sealReport("b", members)]);
    const moved = { ...one, shares: other.shares };
    const { privateKey } = keys[0] as Keys;
    expect(await code(openShare(moved, reportName(moved), privateKey))).toBe("wrong-key");
    const shares = await sharesOf(one, [0, 1, 2]);
    const content = `${one.content.slice(0, 40)}${one.content[40] === "A" ? "B" : "A"}${one.content.slice(41)}`;
    const bent = { ...one, content };
    const name = reportName(bent);
    const as = shares.map((share) => ({ ...share, report: name }));
    expect(await code(openReport(bent, name, as))).toBe("wrong-key");
  });

  it("a member that gives a wrong share keeps nobody from reading it, and is named", async () => {
    const [one, other] = await Promise.all([
      sealReport("They train at night.", members),
      sealReport("Nothing.", members),
    ]);
    const name = reportName(one);
    const shares = await sharesOf(one, [0, 1, 2, 3, 4]);
    const [theirs] = await sharesOf(other, [1]);
    const wrong = [
      { ...(theirs as (typeof shares)[0]), report: name },
      { ...(shares[3] as (typeof shares)[0]), share: "no share at all" },
    ];
    const [first, , third, , fifth] = shares;
    const given = [...wrong, first, third, fifth] as typeof shares;
    expect(await openReport(one, name, given)).toEqual({
      text: "They train at night.",
      misfits: ["member-1", "member-3"],
    });
    expect(await code(openReport(one, name, given.slice(0, 4)))).toBe("wrong-key");
  });

  it("reads the same to everybody: a report is bound to one key", async () => {
    const one = await sealReport("The same.", members);
    const other = await sealReport("Another.", members);
    const forged = { ...one, commitment: other.commitment };
    // Shares are sealed under the commitment, so none of them opens any more.
    expect(await code(openShare(forged, reportName(forged), (keys[0] as Keys).privateKey))).toBe(
      "wrong-key",
    );
    const name = reportName(forged);
    const moved = (await sharesOf(one, [0, 1, 2])).map((share) => ({ ...share, report: name }));
    expect(await code(openReport(forged, name, moved))).toBe("wrong-key");
  });

  it("its length says little, and it is at most 1 MiB", async () => {
    const sizes = await Promise.all(
      ["", "x".repeat(3000)].map(async (text) => (await sealReport(text, members)).content.length),
    );
    expect(sizes[0]).toBe(sizes[1]);
    expect(await code(sealReport("x".repeat(1024 * 1024), members))).toBe("too-large");
  });

  it("anything else is refused with a code", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => utf8(text)),
        ),
        (bytes) => {
          expect(() => parseSealedReport(bytes)).toThrow(SealedReportError);
        },
      ),
    );
    for (const odd of [
      { threshold: 1, members: members.members },
      { threshold: 6, members: members.members },
      { threshold: 2, members: [members.members[0], members.members[0]] },
    ])
      expect(() => parseMembers(odd)).toThrow(SealedReportError);
  });
});
