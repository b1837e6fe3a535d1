import { termsHash } from "@standstill/agreement";
import { isRefusal, type SignedStatement } from "@standstill/record";
import { admit, emptyState, replay, type State } from "@standstill/replay";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { entriesOf, opening, said, terms } from "./world.ts";

const opened = replay(entriesOf(opening));
const site = {
  site: "aster/one",
  title: "One",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }],
};
const run = {
  run: "aster/run",
  site: "aster/one",
  activity: "training",
  model: "m",
  precision: "bf16",
  work: { basis: "tokens", parameters: "1 parameters", tokens: "1 tokens" },
  nodes: ["node-01"],
  period: { start: "2026-06-01T00:00:00.000Z", end: "2026-06-02T00:00:00.000Z" },
  nodesTogether: true,
};
const period = { start: "2026-06-01T00:00:00.000Z", end: "2026-06-02T00:00:00.000Z" };
const report = {
  site: "aster/one",
  period,
  feeds: [],
  seal: { root: "00".repeat(32), energyMillijoules: "0" },
  evidence: "00".repeat(32),
};
const declared = after(opened, said("aster", "site/declare", 1, site));
const reported = after(declared, said("aster", "period/report", 2, report));

function after(state: State, signed: SignedStatement): State {
  const next = admit(state, signed);
  if (isRefusal(next)) throw new Error(next.message);
  return next;
}

function refusal(state: State, signed: SignedStatement): string {
  const next = admit(state, signed);
  return isRefusal(next) ? next.refused : "admitted";
}

describe("the opening of a record", () => {
  it("brings the agreement into force with the last adoption", () => {
    expect(opened.agreement.inForceSince).toBe(5);
    expect([...opened.faults]).toEqual([]);
  });

  it.each([
    [
      "anything before the terms",
      said("aster", "agreement/adopt", 0, { terms: "00".repeat(32) }),
      "agreement-mismatch",
    ],
    [
      "terms that no keeper proposes but a party amends",
      said("aster", "agreement/amend", 0, { terms }),
      "agreement-mismatch",
    ],
    [
      "terms under another hash",
      said("secretariat", "agreement/propose", 0, { terms }, { agreement: "00".repeat(32) }),
      "agreement-mismatch",
    ],
    [
      "terms that a party proposes",
      said("aster", "agreement/propose", 0, { terms }),
      "role-forbidden",
    ],
    [
      "terms that somebody else signed",
      said("secretariat", "agreement/propose", 0, { terms }, {}, "aster"),
      "signature-invalid",
    ],
  ])("refuses %s", (_name, signed, code) => {
    expect(refusal(emptyState, signed)).toBe(code);
  });
});

describe("terms with bad keys are refused whole", () => {
  const proposed = (keys: typeof terms.keys) => {
    const bad = { ...terms, keys };
    return said(
      "secretariat",
      "agreement/propose",
      0,
      { terms: bad },
      { agreement: termsHash(bad) },
    );
  };
  const [keeper, aster, ...others] = terms.keys as [Key, Key, ...Key[]];
  type Key = (typeof terms.keys)[number];
  it.each([
    ["a key of small order", [keeper, { ...aster, publicKey: `01${"00".repeat(31)}` }, ...others]],
    [
      "a key that is not canonical",
      [keeper, { ...aster, publicKey: `ee${"ff".repeat(30)}7f` }, ...others],
    ],
    ["one key for two holders", [keeper, { ...aster, publicKey: keeper.publicKey }, ...others]],
  ])("%s", (_name, keys) => {
    expect(refusal(emptyState, proposed(keys))).toBe("contradictory-terms");
  });
});

describe("admission refuses", () => {
  const pledge = { mode: "cap", while: { kind: "all", of: [] } };
  it.each([
    ["an unknown type", opened, said("aster", "treaty/break", 1, {}), "unknown-type"],
    ["an unknown issuer", opened, said("zephyr", "pledge/make", 0, pledge), "unknown-issuer"],
    [
      "another party's key",
      opened,
      said("aster", "pledge/make", 1, pledge, {}, "dune"),
      "signature-invalid",
    ],
    [
      "the keeper in a party's role",
      opened,
      said("secretariat", "pledge/make", 1, pledge),
      "role-forbidden",
    ],
    [
      "a party in the keeper's role",
      opened,
      said("aster", "agreement/propose", 1, { terms }),
      "role-forbidden",
    ],
    ["a gap in the sequence", opened, said("aster", "pledge/make", 2, pledge), "sequence-gap"],
    [
      "other words under a used sequence",
      opened,
      said("aster", "pledge/make", 0, pledge),
      "sequence-repeated",
    ],
    ["the same statement again", opened, opening[1] as SignedStatement, "already-said"],
    [
      "a time before the issuer's last",
      opened,
      said("aster", "pledge/make", 1, pledge, { issuedAt: "2026-06-04T11:59:59.999Z" }),
      "issued-out-of-order",
    ],
    [
      "another agreement",
      opened,
      said("aster", "pledge/make", 1, pledge, { agreement: "11".repeat(32) }),
      "agreement-mismatch",
    ],
    [
      "terms a second time",
      opened,
      said("secretariat", "agreement/propose", 1, { terms }),
      "already-said",
    ],
    [
      "an adoption a second time",
      opened,
      said("aster", "agreement/adopt", 1, { terms: opened.agreement.hash }),
      "already-said",
    ],
    [
      "a field that nobody knows",
      opened,
      said("aster", "pledge/make", 1, { ...pledge, extra: 1 }),
      "malformed-body",
    ],
    [
      "a condition on a stranger",
      opened,
      said("aster", "pledge/make", 1, { mode: "cap", while: { kind: "clear", party: "zephyr" } }),
      "not-declared",
    ],
    [
      "a site under another's name",
      opened,
      said("aster", "site/declare", 1, { ...site, site: "dune/one" }),
      "not-its-own",
    ],
    [
      "a device twice",
      opened,
      said("aster", "site/declare", 1, { ...site, nodes: [...site.nodes, ...site.nodes] }),
      "malformed-body",
    ],
    ["a run on an undeclared site", opened, said("aster", "run/declare", 1, run), "not-declared"],
    ["a run on another's site", declared, said("dune", "run/declare", 1, run), "not-its-own"],
    [
      "a run on an undeclared node",
      declared,
      said("aster", "run/declare", 2, { ...run, nodes: ["node-09"] }),
      "not-declared",
    ],
    [
      "a run of negative tokens",
      declared,
      said("aster", "run/declare", 2, { ...run, work: { ...run.work, tokens: "-1 tokens" } }),
      "malformed-body",
    ],
    [
      "a run of 1e400 tokens",
      declared,
      said("aster", "run/declare", 2, { ...run, work: { ...run.work, tokens: "1e400 tokens" } }),
      "malformed-body",
    ],
    [
      "a run that ends before it starts",
      declared,
      said("aster", "run/declare", 2, { ...run, period: { start: period.end, end: period.start } }),
      "malformed-body",
    ],
    [
      "a report on another's site",
      declared,
      said("dune", "period/report", 1, report),
      "not-its-own",
    ],
    [
      "a period that overlaps one reported",
      reported,
      said("aster", "period/report", 3, report),
      "already-said",
    ],
    [
      "a verdict on no report",
      reported,
      said("secretariat", "verdict/publish", 1, {}),
      "malformed-body",
    ],
  ])("%s", (_name, state, signed, code) => {
    expect(refusal(state, signed)).toBe(code);
  });
});

describe("replay", () => {
  it("charges inadmissible entries to the keeper, leaves them inert, and goes on", () => {
    const stray = said("aster", "pledge/make", 7, { mode: "cap", while: { kind: "all", of: [] } });
    const good = ["aster", "borealis"].map((party) =>
      said(party, "pledge/make", 1, { mode: "cap", while: { kind: "all", of: [] } }),
    );
    const state = replay([
      ...entriesOf([...opening, stray]),
      new Uint8Array([1, 2, 3]),
      ...entriesOf(good),
    ]);
    expect([...state.faults].map(({ index, refused }) => [index, refused])).toEqual([
      [6, "sequence-gap"],
      [7, "malformed-body"],
    ]);
    expect([...state.agreement.coalition.bound.keys()]).toEqual(["aster", "borealis"]);
    expect(state.size).toBe(10);
  });

  it("ends in a state for any bytes, never in an error", () => {
    const good = entriesOf(opening);
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (which, at, mask) => {
          const entries = good.map((entry) => entry.slice());
          const entry = entries[which] as Uint8Array;
          entry[at % entry.length] = (entry[at % entry.length] as number) ^ mask;
          const { faults, notUnderstood } = replay(entries);
          // Bytes that happen to name another version are no fault, and no statement either.
          expect(faults.size + notUnderstood.size).toBeGreaterThan(0);
        },
      ),
      { numRuns: scaled(60) },
    );
  });

  it("gives the same state in pieces as at once", () => {
    const entries = entriesOf(opening);
    for (let cut = 0; cut <= entries.length; cut++) {
      expect(replay(entries.slice(cut), replay(entries.slice(0, cut)))).toEqual(replay(entries));
    }
  });
});

describe("cases", () => {
  const verdict = {
    party: "dune",
    site: "dune/one",
    report: "00".repeat(32),
    evidenceClass: "anyone",
    method: { name: "standstill", version: 1 },
    scope: "declared sites only",
    verdict: "anomalous",
    correct: "contradicted",
    complete: "not-shown",
    terms: termsHash(terms),
    pieces: [],
    piecesOmitted: 0,
    notJudged: null,
    stop: null,
    duties: [
      {
        id: "article-2",
        kind: "training-declared",
        title: "t",
        limits: [],
        freedBy: [],
        verdict: "anomalous",
        findings: [
          {
            check: "energy-explained",
            duty: "article-2",
            severity: "contradiction",
            about: "site",
            sentence: "s",
            detail: "d",
            numbers: {},
            where: null,
            records: [],
          },
        ],
        gaps: [],
        omitted: 0,
      },
    ],
    account: {
      capacity: { low: "1 FLOP", high: "1 FLOP", provenance: "calculated", source: "s" },
      measured: { low: "1 FLOP", high: "1 FLOP", provenance: "measured", source: "s" },
      declared: { low: "1 FLOP", high: "1 FLOP", provenance: "reported", source: "s" },
      unexplained: { low: "0 FLOP", high: "0 FLOP" },
      energy: null,
      explainedEnergy: null,
      measures: [],
      measuresAgree: true,
      leastDetectable: null,
      significantQuantity: "1 FLOP",
      missingWindows: { missing: 0, all: 0 },
    },
    assurance: [],
  };
  const site2 = after(opened, said("dune", "site/declare", 1, { ...site, site: "dune/one" }));
  const report2 = said("dune", "period/report", 2, { ...report, site: "dune/one" });
  const published = said("secretariat", "verdict/publish", 1, { ...verdict, report: report2.id });
  const judged = after(after(site2, report2), published);
  const open = {
    case: "dune/one",
    party: "dune",
    verdict: published.id,
    findings: ["energy-explained"],
    question: "Why?",
  };
  const asked = after(judged, said("secretariat", "case/open", 2, open));
  const answered = after(
    asked,
    said("dune", "case/answer", 3, { case: "dune/one", answer: "A meter." }),
  );

  it("are opened about findings on record, and answered once by the party that was asked", () => {
    expect(answered.cases.cases.get("dune/one")?.answer?.text).toBe("A meter.");
  });

  it.each([
    [
      "about no verdict",
      judged,
      said("secretariat", "case/open", 2, { ...open, verdict: "11".repeat(32) }),
      "not-declared",
    ],
    [
      "about another party",
      judged,
      said("secretariat", "case/open", 2, { ...open, party: "aster" }),
      "malformed-body",
    ],
    [
      "about a finding that the verdict has not",
      judged,
      said("secretariat", "case/open", 2, { ...open, findings: ["run-limit"] }),
      "not-declared",
    ],
    ["by the party itself", judged, said("dune", "case/open", 3, open), "not-its-own"],
    ["twice under one name", asked, said("aster", "case/open", 1, open), "already-said"],
    [
      "answered by another",
      asked,
      said("aster", "case/answer", 1, { case: "dune/one", answer: "x" }),
      "not-its-own",
    ],
    [
      "answered a second time",
      answered,
      said("dune", "case/answer", 4, { case: "dune/one", answer: "x" }),
      "already-said",
    ],
    [
      "answered without being asked",
      judged,
      said("dune", "case/answer", 3, { case: "dune/two", answer: "x" }),
      "not-declared",
    ],
  ])("refused: %s", (_name, state, signed, code) => {
    expect(refusal(state, signed)).toBe(code);
  });
});

describe("two pledges conditional on each other", () => {
  const mutual = (other: string) => ({
    mode: "cap",
    while: {
      kind: "all",
      of: [
        { kind: "bound", party: other, mode: "cap" },
        { kind: "clear", party: other },
      ],
    },
  });
  it("hold from the second on", () => {
    const one = after(opened, said("aster", "pledge/make", 1, mutual("dune")));
    expect([...one.agreement.coalition.bound.keys()]).toEqual([]);
    const both = after(one, said("dune", "pledge/make", 1, mutual("aster")));
    expect([...both.agreement.coalition.bound.keys()]).toEqual(["aster", "dune"]);
  });
});
