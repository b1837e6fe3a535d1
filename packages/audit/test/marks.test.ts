import { type Terms, termsHash } from "@standstill/agreement";
import { audit } from "@standstill/audit";
import {
  cosign,
  cosignerVerifier,
  encodeEnvelope,
  formatVerifier,
  intervalOf,
  MerkleTree,
  parseNote,
  signCheckpoint,
  textOf,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import { DAY, START, Story } from "../../replay/test/story.ts";
import { keyOf, log, logKey, recordOf, sourceOf, terms } from "../../replay/test/world.ts";

const HOUR = 3_600_000;
const names = ["one", "two", "three"];
const witnesses = names.map((id) => cosignerVerifier(`witness.example/${id}`, keyOf(id)));
const witnessed: Terms = {
  ...terms,
  marks: { everyHours: 24, beacon: "none", witnessed: true },
  witnesses: names.map((id) => ({ id, party: "aster" })),
  witnessQuorum: 2,
  witnessKeys: names.map((witness, i) => ({
    witness,
    vkey: formatVerifier(witnesses[i] as never),
  })),
};
const iso = (at: number) => new Date(at).toISOString();

/** A checkpoint over the first entries of a story, cosigned by some at times in milliseconds. */
function checkpoint(story: Story, size: number, times: readonly number[]): string {
  const tree = new MerkleTree();
  for (const { envelope } of story.admitted.slice(0, size)) tree.append(encodeEnvelope(envelope));
  return noteOf(size, tree.root(), times);
}

function noteOf(size: number, root: Uint8Array, times: readonly number[]): string {
  const note = signCheckpoint({ origin: log.name, size, root }, log, logKey);
  const { text } = parseNote(note);
  const lines = times.map((at, i) =>
    cosign(text, `witness.example/${names[i]}`, keyOf(names[i] as string), Math.floor(at / 1000)),
  );
  return textOf(note) + lines.join("");
}

const start = () => new Story(witnessed, iso(START));
const mark = (story: Story, at: number, note?: string) =>
  story.try(
    "secretariat",
    "time/mark",
    {
      time: iso(at),
      ...(note === undefined ? {} : { checkpoint: note }),
    },
    { issuedAt: iso(at) },
  );

describe("marks that carry a cosigned checkpoint", () => {
  it("are refused without one, with too few witnesses, with an old one, and with another log's", () => {
    const story = start();
    const size = story.state.size;
    const later = START + HOUR;
    expect(mark(story, later)).toBe("malformed-body");
    expect(mark(story, later, "nothing")).toBe("signature-invalid");
    expect(mark(story, later, checkpoint(story, size, [later]))).toBe("signature-invalid");
    expect(mark(story, later, checkpoint(story, size, [later, later]))).toBeUndefined();
    expect(mark(story, later + HOUR, checkpoint(story, size, [later, later]))).toBe(
      "malformed-body",
    );
  });

  it("cannot lie behind the witnesses' clocks: the keeper cannot hold time back", () => {
    const story = start();
    const now = START + 5 * HOUR;
    const note = checkpoint(story, story.state.size, [now, now]);
    expect(mark(story, START + HOUR, note)).toBe("issued-out-of-order");
    expect(mark(story, now, note)).toBeUndefined();
  });

  it("prove until when an entry was there, by the time at which a quorum had cosigned", () => {
    const story = start();
    const size = story.state.size;
    const times = [START + 3 * HOUR, START + 1 * HOUR, START + 2 * HOUR];
    expect(mark(story, START + 4 * HOUR, checkpoint(story, size, times))).toBeUndefined();
    const interval = intervalOf(story.state, size - 1);
    expect(interval).toEqual({
      notBefore: iso(START),
      notAfter: iso(START + 4 * HOUR),
      provenNotBefore: null,
      provenNotAfter: iso(START + 2 * HOUR),
    });
    expect(intervalOf(story.state, size).provenNotAfter).toBeNull();
  });

  it("show a keeper that ran ahead, and one that was late; the marks stand", () => {
    const story = start();
    const ahead = START + 20 * HOUR;
    const first = checkpoint(story, story.state.size, [START + HOUR, START + HOUR]);
    expect(mark(story, ahead, first)).toBeUndefined();
    expect(story.state.clock.doubt).toBeUndefined();
    const honest = checkpoint(story, story.state.size, [START + 2 * HOUR, START + 2 * HOUR]);
    expect(mark(story, ahead + HOUR, honest)).toBeUndefined();
    expect(story.state.clock.doubt).toMatchObject({ kind: "ahead" });
    const late = START + 5 * DAY;
    expect(mark(story, late, checkpoint(story, story.state.size, [late, late]))).toBeUndefined();
    expect(story.state.clock.doubt).toMatchObject({ kind: "late" });
    expect(story.state.clock.at).toBe(late);
  });

  it("whose checkpoint is of another history fail the audit, though witnesses cosigned it", async () => {
    for (const isForged of [false, true]) {
      const story = start();
      const size = story.state.size;
      const at = START + HOUR;
      const note = isForged
        ? noteOf(size, new Uint8Array(32).fill(1), [at, at])
        : checkpoint(story, size, [at, at]);
      expect(mark(story, at, note)).toBeUndefined();
      const entries = story.admitted.map(({ envelope }) => encodeEnvelope(envelope));
      const files = recordOf(entries);
      const tree = new MerkleTree();
      for (const entry of entries) tree.append(entry);
      const shown = noteOf(entries.length, tree.root(), [at, at]);
      files.set("checkpoint", new TextEncoder().encode(shown));
      const report = await audit(sourceOf(files));
      expect(report).toMatchObject(
        isForged
          ? { outcome: "forked-or-truncated", place: `entry ${size}` }
          : { outcome: "verified", doubtfulMarks: [] },
      );
    }
  });
});

describe("what an issuer says of the time", () => {
  const reason = { reason: "Enough." };

  it("must fall inside the marks around it, with one interval to spare", () => {
    const at = (issuedAt: number) => {
      const story = start();
      const agreement = termsHash(witnessed);
      story.say(
        "aster",
        "pledge/make",
        { mode: "cap", while: { kind: "all", of: [] } },
        { agreement, issuedAt: iso(START) },
      );
      for (const hour of [20, 40]) {
        const now = START + hour * HOUR;
        expect(mark(story, now, checkpoint(story, story.state.size, [now, now]))).toBeUndefined();
      }
      return story.try("aster", "pledge/withdraw", reason, { issuedAt: iso(issuedAt) });
    };
    expect(at(START + 20 * HOUR - 1)).toBe("issued-outside-marks");
    expect(at(START + 20 * HOUR)).toBeUndefined();
    expect(at(START + 88 * HOUR)).toBeUndefined();
    expect(at(START + 88 * HOUR + 1)).toBe("issued-outside-marks");
  });
});
