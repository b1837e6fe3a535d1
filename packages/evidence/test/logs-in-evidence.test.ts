import {
  decodeEvidence,
  EvidenceError,
  encodeEvidence,
  type SiteEvidence,
  sealEvidence,
} from "@standstill/evidence";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const logs = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.isWellFormed()),
    content: fc.uint8Array({ maxLength: 200 }),
  }),
  { maxLength: 4 },
);
const evidenceOf = (kept: SiteEvidence["logs"]): SiteEvidence => ({
  salt: "07".repeat(32),
  windows: undefined,
  jobs: undefined,
  counters: [],
  logs: kept,
});

describe("activity logs in the evidence of a period", () => {
  it("come back byte for byte, and what is longer or shorter is refused", () => {
    fc.assert(
      fc.property(logs, (kept) => {
        const bytes = encodeEvidence(evidenceOf(kept));
        const read = decodeEvidence(bytes).logs;
        expect(read.map(({ name, content }) => [name, [...content]])).toEqual(
          kept.map(({ name, content }) => [name, [...content]]),
        );
        expect(() => decodeEvidence(new Uint8Array([...bytes, 0]))).toThrow(EvidenceError);
        expect(() => decodeEvidence(bytes.slice(0, -1))).toThrow(EvidenceError);
      }),
    );
  });

  it("are sealed: each name, each byte and their order change the root", () => {
    fc.assert(
      fc.property(logs, logs, (one, other) => {
        const told = (kept: SiteEvidence["logs"]) =>
          JSON.stringify(kept.map(({ name, content }) => [name, [...content]]));
        const isSame = sealEvidence(evidenceOf(one)).root === sealEvidence(evidenceOf(other)).root;
        expect(isSame).toBe(told(one) === told(other));
      }),
    );
  });

  it("without any, evidence is the same bytes as before there were logs", () => {
    const text = new TextDecoder().decode(encodeEvidence(evidenceOf([])));
    expect(text).not.toContain('"logs"');
  });
});
