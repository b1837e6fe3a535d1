import { releaseGaps } from "@standstill/adjudication";
import { supportCommitment, type Terms, termsHash } from "@standstill/agreement";
import { decodeState, encodeState } from "@standstill/audit";
import { envelopeBody, intervalOf, isRefusal, signStatement, toHex } from "@standstill/record";
import { admit, emptyState, type State, stateAt } from "@standstill/replay";
import { roundOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { DAY, START, Story } from "../../replay/test/story.ts";
import { entriesOf, keyOf, said, statementOf, terms } from "../../replay/test/world.ts";

const everybody = terms.parties.map(({ id }) => id);
const others = (party: string) => everybody.filter((one) => one !== party);

describe("time", () => {
  it("is what the keeper's marks say; it does not run backwards, and parties cannot set it", () => {
    const story = new Story().day(3);
    expect(story.state.clock.at).toBe(START + 3 * DAY);
    const earlier = { time: new Date(START + DAY).toISOString() };
    expect(story.try(terms.keeper.id, "time/mark", earlier)).toBe("issued-out-of-order");
    expect(story.try("aster", "time/mark", earlier)).toBe("role-forbidden");
  });

  it("of a statement lies between the marks around it", () => {
    const story = new Story();
    const pledged = story.pledges().state.size - 1;
    story.day(3);
    const marked = story.state.size - 1;
    story.say("aster", "pledge/withdraw", { reason: "Enough." });
    const iso = (day: number) => new Date(START + day * DAY).toISOString();
    expect(intervalOf(story.state, 0)).toMatchObject({ notBefore: null, notAfter: iso(0) });
    expect(intervalOf(story.state, pledged)).toMatchObject({ notBefore: iso(0), notAfter: iso(3) });
    expect(intervalOf(story.state, marked)).toMatchObject({ notBefore: iso(0), notAfter: iso(3) });
    expect(intervalOf(story.state, marked + 1)).toMatchObject({
      notBefore: iso(3),
      notAfter: null,
    });
  });

  it("with a beacon in each mark, as terms can ask, the keeper's clock cannot run ahead", () => {
    // Round 657413 of quicknet appeared on 15 September 2023; nobody had its signature before.
    const beacon = {
      chain: "quicknet",
      round: 657_413,
      signature:
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    };
    const asked: Terms = { ...terms, marks: { everyHours: 24, beacon: "quicknet" } };
    const issuedAt = "2023-09-15T10:00:00.000Z";
    const story = new Story(asked, issuedAt);
    const mark = (time: string, more: object = { beacon }) =>
      story.try("secretariat", "time/mark", { time, ...more }, { issuedAt });
    expect(mark("2023-09-15T11:00:10.000Z", {})).toBe("malformed-body");
    expect(mark("2023-09-15T11:00:02.999Z")).toBe("issued-out-of-order");
    expect(mark("2023-09-15T11:01:03.001Z")).toBe("issued-out-of-order");
    const forged = { beacon: { ...beacon, round: beacon.round + 1 } };
    expect(mark("2023-09-15T11:00:10.000Z", forged)).toBe("signature-invalid");
    expect(mark("2023-09-15T11:00:10.000Z")).toBeUndefined();
    expect(story.state.clock).toMatchObject({ round: beacon.round });
  });

  it("a withdrawal takes effect after its notice, by the marks and not by what the party says", () => {
    const story = new Story().pledges().day(10);
    story.say(
      "aster",
      "pledge/withdraw",
      { reason: "Enough." },
      {
        issuedAt: "2026-06-14T12:00:00.000Z",
      },
    );
    expect(
      story.try(
        "aster",
        "pledge/withdraw",
        { reason: "Twice." },
        { issuedAt: "2026-06-14T12:00:00.000Z" },
      ),
    ).toBe("already-said");
    expect(story.day(99).bound).toContain("aster");
    expect(story.day(100).bound).toEqual(others("aster"));
    expect(story.state.agreement.coalition.standings.get("aster")?.status).toBe("withdrawn");
  });

  it("two years from entry the agreement ends by its own terms", () => {
    const story = new Story().pledges().day(729);
    expect(story.bound).toEqual(everybody);
    expect(story.day(730).bound).toEqual([]);
    expect(story.state.agreement.coalition.ended?.how).toBe("expired");
  });

  it("any instant can be asked, past or future, as known then or now", async () => {
    const story = new Story().day(1).pledges().day(10);
    const size = story.admitted.length;
    story.say("aster", "pledge/withdraw", { reason: "Enough." }).day(20);
    const entries = entriesOf(story.admitted);
    const at = (day: number, known = entries.length) => stateAt(entries, START + day * DAY, known);
    expect((await at(0)).coalition.bound.size).toBe(0);
    expect((await at(5)).coalition.bound.size).toBe(5);
    expect((await at(5)).projected).toBe(false);
    expect((await at(150)).coalition.bound.has("aster")).toBe(false);
    expect((await at(150)).projected).toBe(true);
    // As known on day 10, nobody had given notice.
    expect((await at(150, size)).coalition.bound.has("aster")).toBe(true);
    expect((await at(800, size)).coalition.ended?.how).toBe("expired");
  });
});

describe("pledges", () => {
  it("that name strangers, or that more parties could unmeet, are refused", () => {
    const story = new Story();
    const pledge = (while_: unknown) =>
      story.try("aster", "pledge/make", { mode: "cap", while: while_ });
    expect(pledge({ kind: "bound", party: "zephyr", mode: "cap" })).toBe("not-declared");
    expect(pledge({ kind: "tripped", tripwire: "article-99" })).toBe("not-declared");
    expect(pledge({ kind: "not", that: { kind: "bound", party: "cedar", mode: "cap" } })).toBe(
      "not-monotone",
    );
    expect(
      pledge({
        kind: "any",
        of: [
          {
            kind: "held",
            that: { kind: "not", that: { kind: "count", atLeast: 2 } },
            withinDays: 1,
          },
        ],
      }),
    ).toBe("not-monotone");
    expect(pledge({ kind: "not", that: { kind: "clear", party: "cedar" } })).toBeUndefined();
  });

  it("a party that is bound leaves by notice, not by a looser pledge", () => {
    const story = new Story().pledges();
    const pledge = (mode: string, while_: unknown) =>
      story.try("aster", "pledge/make", { mode, while: while_ });
    expect(pledge("cap", { kind: "from", day: "2090-01-01" })).toBe("already-said");
    expect(pledge("pause", { kind: "all", of: [] })).toBeUndefined();
    expect(story.state.agreement.coalition.bound.get("aster")).toBe("pause");
    expect(pledge("cap", { kind: "all", of: [] })).toBe("already-said");
  });

  it("suspended obligations bind nobody until they are taken up again", () => {
    const story = new Story().pledges();
    const suspend = (suspended: boolean) =>
      story.try("aster", "pledge/suspend", { suspended, reason: "A dispute." });
    expect(suspend(false)).toBe("not-declared");
    expect(suspend(true)).toBeUndefined();
    expect(story.bound).toEqual(others("aster"));
    expect(suspend(false)).toBeUndefined();
    expect(story.bound.sort()).toEqual(everybody);
  });

  it("the round says what is missing for those who are not bound", () => {
    const story = new Story();
    story.say("aster", "pledge/make", {
      mode: "cap",
      while: {
        kind: "all",
        of: [
          { kind: "bound", party: "cedar", mode: "cap" },
          { kind: "clear", party: "cedar" },
        ],
      },
    });
    const [binding] = roundOf(story.state).bindings;
    expect(binding).toMatchObject({ party: "aster", bound: false, status: "offered" });
    expect(binding?.missing).toEqual([
      { kind: "bound", party: "cedar", mode: "cap" },
      { kind: "bound", party: "borealis", mode: "cap" },
    ]);
  });
});

const standard = terms.adjudication?.standard as string;

describe("rulings, safeguards and votes", () => {
  const ruling = {
    case: "aster/case",
    party: "aster",
    violation: "found",
    reasons: "Shown.",
    standard,
  };
  /** A case about a clause that nobody answers until it is the panel's turn. */
  const toBeRuled = (first = terms, openedBy = "borealis") => {
    const story = new Story(first).pledges();
    story.say(openedBy, "case/open", {
      case: "aster/case",
      party: "aster",
      findings: [],
      clause: "article-3",
      question: "Where are they?",
    });
    return story.day(17);
  };

  it("a ruling needs two organisations of the panel, and two keys of one are not two", () => {
    const story = toBeRuled();
    const rule = (signers: string[]) => story.try("panel", "case/rule", ruling, {}, signers);
    expect(rule(["panel.dune"])).toBe("signature-invalid");
    expect(rule(["panel.dune", "panel.dune"])).toBe("signature-invalid");
    expect(rule(["dune", "cedar"])).toBe("signature-invalid");
    expect(story.try("aster", "case/rule", ruling)).toBe("role-forbidden");
    expect(rule(["panel.dune", "panel.cedar"])).toBeUndefined();
    expect(rule(["panel.dune", "panel.cedar"])).toBe("already-said");
  });

  it("nobody's signature counts in its own case, in one that it opened, or where it says so itself", () => {
    const story = toBeRuled(terms, "cedar");
    const rule = (signers: string[], more: object = {}) =>
      story.try("panel", "case/rule", { ...ruling, ...more }, {}, signers);
    expect(rule(["panel.aster", "panel.dune"])).toBe("signature-invalid");
    expect(rule(["panel.cedar", "panel.dune"])).toBe("signature-invalid");
    expect(rule(["panel.dune", "panel.ember"], { recused: ["ember"] })).toBe("signature-invalid");
    expect(rule(["panel.dune", "panel.ember"])).toBeUndefined();
  });

  it("no violation is found without a case, before its steps, or after the panel's time", () => {
    const signers = ["panel.dune", "panel.cedar"];
    const without = new Story().pledges();
    const three = [...signers, "panel.ember"];
    expect(without.try("panel", "case/rule", ruling, {}, three)).toBe("not-declared");
    const late = toBeRuled().day(17 + 15);
    expect(late.try("panel", "case/rule", ruling, {}, signers)).toBe("issued-out-of-order");
    expect(roundOf(late.state).cases[0]).toMatchObject({ phase: "closed", outcome: "lapsed" });
    expect(late.state.agreement.coalition.facts.violations.get("aster")).toBeUndefined();
  });

  it("two keys of one organisation are not two signatures", () => {
    const second = toHex(keyOf("panel.dune.second").publicKey);
    const twice = {
      ...terms,
      keys: [...terms.keys, { holder: "panel", publicKey: second, organisation: "dune" }],
    };
    const story = toBeRuled(twice);
    const rule = (signers: string[]) => story.try("panel", "case/rule", ruling, {}, signers);
    expect(rule(["panel.dune", "panel.dune.second"])).toBe("signature-invalid");
    expect(rule(["panel.dune.second", "panel.ember"])).toBeUndefined();
  });

  it("a deputy may sign in a party's place; k of n keys of a party must", () => {
    const deputised: Terms = {
      ...terms,
      parties: terms.parties.map((one) =>
        one.id === "aster"
          ? { ...one, deputy: "aster-deputy" }
          : one.id === "cedar"
            ? { ...one, signatures: 2 }
            : one,
      ),
      keys: [
        ...terms.keys,
        { holder: "aster-deputy", publicKey: toHex(keyOf("aster-deputy").publicKey) },
        { holder: "cedar", publicKey: toHex(keyOf("cedar-second").publicKey) },
      ],
    };
    let state = admit(
      emptyState,
      said(
        "secretariat",
        "agreement/propose",
        0,
        { terms: deputised },
        { agreement: termsHash(deputised) },
      ),
    ) as State;
    const adopt = (issuer: string, signers: string[]) => {
      const more = { agreement: termsHash(deputised) };
      const statement = statementOf(issuer, "agreement/adopt", 0, { terms: more.agreement }, more);
      const next = admit(state, signStatement(statement, ...signers.map(keyOf)));
      if (isRefusal(next)) return next.refused;
      state = next;
      return undefined;
    };
    expect(adopt("aster", ["borealis"])).toBe("signature-invalid");
    expect(adopt("aster", ["aster-deputy"])).toBeUndefined();
    expect(adopt("cedar", ["cedar"])).toBe("signature-invalid");
    expect(adopt("cedar", ["cedar", "cedar-second"])).toBeUndefined();
    expect(adopt("aster-deputy", ["aster-deputy"])).toBe("unknown-issuer");
  });

  it("an open violation undoes pledges that ask for none, and a remedy does not bring them back", () => {
    const story = new Story().pledges((party) => ({
      kind: "all",
      of: others(party).map((one) => ({ kind: "clear", party: one })),
    }));
    story.say("borealis", "case/open", {
      case: "aster/case",
      party: "aster",
      findings: [],
      clause: "article-3",
      question: "Where are they?",
    });
    story.day(17);
    const signers = ["panel.dune", "panel.cedar"];
    story.say("panel", "case/rule", ruling, {}, signers);
    expect(story.bound).toEqual([]);
    story.say("panel", "case/rule", { ...ruling, violation: "remedied" }, {}, signers);
    expect(story.bound).toEqual([]);
    expect(story.state.agreement.coalition.standings.get("cedar")?.status).toBe("dropped");
  });

  it("the limits are lifted thirty days after safeguards are accepted and the vote has passed", () => {
    const story = new Story().pledges().day(1);
    const evidence = "ab".repeat(32);
    const accept = (safeguard: string, signers = ["assessors.borealis", "assessors.dune"]) =>
      story.try(
        "assessors",
        "safeguard/accept",
        { safeguard, accepted: true, evidence, reasons: "Seen." },
        {},
        signers,
      );
    expect(accept("weights-secured", ["assessors.dune"])).toBe("signature-invalid");
    expect(accept("no-such-safeguard")).toBe("not-declared");
    expect(accept("weights-secured")).toBeUndefined();
    expect(accept("dangerous-capability-evaluations")).toBeUndefined();
    expect(story.try("aster", "vote/cast", { question: "lift", ballot: "yes" })).toBe(
      "not-declared",
    );
    story.say("secretariat", "vote/open", { question: "lift", about: "Whether to lift." });
    for (const party of ["aster", "borealis", "cedar"])
      story.say(party, "vote/cast", { question: "lift", ballot: "yes" });
    // Three of five are no quorum of four in five.
    expect(story.state.agreement.coalition.liftMetAt).toBeUndefined();
    story.say("dune", "vote/cast", { question: "lift", ballot: "no" });
    expect(story.state.agreement.coalition.liftMetAt).toBe(START + DAY);
    expect(story.day(30).bound).toEqual(everybody);
    expect(story.day(31).bound).toEqual([]);
    expect(story.state.agreement.coalition.ended?.how).toBe("lifted");
  });

  it("an acceptance that is taken back in time cancels the lift", () => {
    const story = new Story().pledges().day(1);
    const body = { accepted: true, evidence: "ab".repeat(32), reasons: "Seen." };
    const signers = ["assessors.borealis", "assessors.dune"];
    for (const safeguard of ["weights-secured", "dangerous-capability-evaluations"])
      story.say("assessors", "safeguard/accept", { ...body, safeguard }, {}, signers);
    story.say("secretariat", "vote/open", { question: "lift", about: "Whether to lift." });
    for (const party of everybody)
      story.say(party, "vote/cast", { question: "lift", ballot: "yes" });
    story.day(10);
    const back = { ...body, safeguard: "weights-secured", accepted: false };
    story.say("assessors", "safeguard/accept", back, {}, signers);
    expect(story.day(60).bound).toEqual(everybody);
    // Accepted again, its thirty days begin again.
    story.say(
      "assessors",
      "safeguard/accept",
      { ...body, safeguard: "weights-secured" },
      {},
      signers,
    );
    expect(story.day(89).bound).toEqual(everybody);
    expect(story.day(90).bound).toEqual([]);
    const told = story.state.agreement.coalition.history.map(({ status }) => status);
    expect(told.filter((status) => /^lift/.test(status))).toEqual([
      ...["lift-announced", "lift-cancelled", "lift-announced", "lifted"],
    ]);
  });
});

it("coverage, as the keeper measures it, is asked by those whose pledge asks it", () => {
  const story = new Story().pledges(() => ({ kind: "coverage", atLeast: "0.80" }));
  const measure = (lowTenThousandths: number) =>
    story.say("secretariat", "coverage/measure", { lowTenThousandths, source: "An estimate." });
  expect(story.bound).toEqual([]);
  expect(measure(7999).bound).toEqual([]);
  expect(measure(8000).bound).toEqual(everybody);
  expect(measure(7000).bound).toEqual([]);
});

describe("amendments", () => {
  const stricter: Terms = {
    ...terms,
    version: 2,
    obligations: terms.obligations.map((one) =>
      one.kind === "training-run-limit" ? { ...one, limit: "1000000000000000000000 FLOP" } : one,
    ),
  };

  it("have no effect until their own rule is met, and are shown as such", () => {
    const story = new Story().pledges();
    story.say("aster", "agreement/amend", { terms: stricter });
    for (const party of ["aster", "borealis", "cedar"])
      story.say(party, "agreement/consent", { terms: termsHash(stricter) });
    expect(story.state.agreement.hash).toBe(termsHash(terms));
    expect(story.state.agreement.amendments.get(termsHash(stricter))).toMatchObject({
      adoptedAt: undefined,
    });
    expect(story.try("cedar", "agreement/consent", { terms: termsHash(stricter) })).toBe(
      "already-said",
    );
    story.say("dune", "agreement/consent", { terms: termsHash(stricter) });
    expect(story.state.agreement.hash).toBe(termsHash(stricter));
    expect(story.state.agreement.terms?.version).toBe(2);
    expect(story.bound).toEqual(everybody);
    // From then on statements speak of the new terms.
    const old = { agreement: termsHash(terms) };
    expect(story.try("ember", "pledge/withdraw", { reason: "X." }, old)).toBe("agreement-mismatch");
    expect(story.try("ember", "pledge/withdraw", { reason: "X." })).toBeUndefined();
  });

  it("two that replace the same terms: once one is adopted, the other can be no more", () => {
    const other: Terms = { ...stricter, version: 3 };
    const story = new Story().pledges();
    story.say("aster", "agreement/amend", { terms: stricter });
    story.say("aster", "agreement/amend", { terms: other });
    for (const party of everybody.slice(0, 4))
      story.say(party, "agreement/consent", { terms: termsHash(stricter) });
    expect(story.try("aster", "agreement/consent", { terms: termsHash(other) })).toBe(
      "not-declared",
    );
  });

  it("to terms that contradict themselves, or that are in force, are refused", () => {
    const story = new Story();
    expect(story.try("aster", "agreement/amend", { terms })).toBe("already-said");
    const broken = { ...stricter, witnessQuorum: 9 };
    expect(story.try("aster", "agreement/amend", { terms: broken })).toBe("contradictory-terms");
    expect(story.try("aster", "agreement/consent", { terms: "ab".repeat(32) })).toBe(
      "not-declared",
    );
  });

  it("of terms that do not say how they are amended are refused", () => {
    const { amendment: _, ...fixed } = terms;
    const story = new Story(fixed as Terms);
    expect(story.try("aster", "agreement/amend", { terms: stricter })).toBe("not-declared");
  });
});

describe("supports", () => {
  const letter = "cd".repeat(32);
  const commitment = supportCommitment("Ada Invented", "ef".repeat(32));

  it("are counted by how they were verified, can be taken back, and can become a pledge", () => {
    const story = new Story();
    const sign = (name: string, verified: string) =>
      story.say("secretariat", "support/sign", {
        letter,
        commitment: supportCommitment(name, "ef".repeat(32)),
        verified,
      });
    sign("Ada Invented", "organisation-key");
    sign("Bo Invented", "e-mail");
    sign("Cy Invented", "unverified");
    expect(
      story.try("secretariat", "support/sign", { letter, commitment, verified: "e-mail" }),
    ).toBe("already-said");
    expect(story.try("aster", "support/withdraw", { commitment })).toBe("not-its-own");
    story.say("secretariat", "support/withdraw", {
      commitment: supportCommitment("Bo Invented", "ef".repeat(32)),
    });
    story.say("aster", "pledge/make", {
      mode: "cap",
      while: { kind: "all", of: [] },
      support: commitment,
    });
    const standing = [...story.state.agreement.supports.values()];
    expect(standing.map(({ pledgedBy }) => pledgedBy)).toEqual(["aster", undefined, undefined]);
    expect(
      story.try("cedar", "pledge/make", {
        mode: "cap",
        while: { kind: "all", of: [] },
        support: "00".repeat(32),
      }),
    ).toBe("not-declared");
  });

  it("the same name with another salt is another commitment, and says nothing of the name", () => {
    expect(supportCommitment("Ada Invented", "00".repeat(32))).not.toBe(commitment);
    expect(supportCommitment(" Ada Invented ", "ef".repeat(32))).toBe(commitment);
  });
});

describe("the register of safeguards", () => {
  const evidence = "ab".repeat(32);
  const names = ["dangerous-capability-evaluations", "weights-secured"];
  const guarded: Terms = {
    ...terms,
    obligations: [
      ...terms.obligations,
      {
        id: "article-7",
        kind: "release-gate",
        title: "Guarded.",
        mode: "cap",
        safeguards: names,
      },
    ],
  };
  const submit = (safeguard: string, more: object = {}) => ({
    safeguard,
    text: "As described.",
    evidence,
    ...more,
  });
  const accept = (story: Story, safeguard: string, more: object = {}) =>
    story.say(
      ...(["assessors", "safeguard/accept"] as const),
      { safeguard, accepted: true, evidence, reasons: "Seen.", ...more },
      {},
      ["assessors.borealis", "assessors.dune"],
    );
  const standings = (story: Story) =>
    roundOf(story.state).safeguards.map(({ standing }) => standing);
  const gaps = (story: Story, model: string) =>
    releaseGaps(story.state.safeguards, guarded, model).flatMap(({ missing }) => missing);

  it("goes from open over submitted to accepted, and back where an acceptance is taken back", () => {
    const story = new Story().pledges();
    expect(standings(story)).toEqual(["open", "open"]);
    expect(story.try("aster", "safeguard/submit", submit("nothing"))).toBe("not-declared");
    story.say("aster", "safeguard/submit", submit("weights-secured"));
    expect(standings(story)).toEqual(["open", "submitted"]);
    expect(standings(accept(story, "weights-secured"))).toEqual(["open", "accepted"]);
    accept(story, "weights-secured", { accepted: false });
    expect(standings(story)).toEqual(["open", "taken-back"]);
    story.say("aster", "safeguard/submit", submit("weights-secured"));
    expect(standings(story)).toEqual(["open", "submitted"]);
  });

  it("nobody accepts the safeguard of its own model", () => {
    const story = new Story().pledges();
    const model = { model: "borealis-2" };
    story.say("borealis", "safeguard/submit", submit("weights-secured", model));
    const by = (...members: string[]) =>
      story.try(
        ...(["assessors", "safeguard/accept"] as const),
        { safeguard: "weights-secured", accepted: true, evidence, reasons: "Seen.", ...model },
        {},
        members.map((member) => `assessors.${member}`),
      );
    expect(by("borealis", "dune")).toBe("signature-invalid");
    expect(by("cedar", "dune")).toBeUndefined();
  });

  it("a model may be released once each safeguard is accepted, for it or for everything", () => {
    const story = new Story().pledges();
    expect(gaps(story, "aster-2")).toEqual(names);
    accept(story, "weights-secured");
    accept(story, "dangerous-capability-evaluations", { model: "aster-2" });
    expect(gaps(story, "aster-2")).toEqual([]);
    expect(gaps(story, "aster-3")).toEqual(["dangerous-capability-evaluations"]);
    // What is accepted for one model says nothing of the lifting.
    expect([...story.state.agreement.coalition.facts.safeguards]).toEqual(["weights-secured"]);
    const again = decodeState(encodeState(story.state));
    expect(roundOf(again).safeguards).toEqual(roundOf(story.state).safeguards);
  });
});

describe("two statements of one party with one number", () => {
  it("open a case by themselves, one at a time, that nobody opened and the accused answers", () => {
    const story = new Story().pledges();
    const other = (sequence: number, mode: string, signer = "aster") => {
      const agreement = termsHash(story.first);
      const body = { mode, while: { kind: "all", of: [] } };
      const statement = statementOf("aster", "pledge/make", sequence, body, { agreement });
      return { other: envelopeBody(signStatement(statement, keyOf(signer)).envelope) };
    };
    // Whoever writes a second statement in another's name convicts nobody.
    const forged = other(1, "pause", "cedar");
    expect(story.try("cedar", "contradiction/report", forged)).toBe("signature-invalid");
    story.say("cedar", "contradiction/report", other(1, "pause"));
    story.say("cedar", "contradiction/report", other(1, "taper"));
    const [one, ...more] = roundOf(story.state).cases;
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      party: "aster",
      openedBy: null,
      phase: "steps",
      clause: null,
      timeline: [{ issuer: "the record", deed: "opened" }],
      due: [{ by: "accused", step: "clarification" }],
    });
    const name = one?.name as string;
    expect(name).toMatch(/^record\/contradiction-\d+$/);
    const reasons = "A mistake.";
    expect(story.try("cedar", "case/withdraw", { case: name, reasons })).toBe("not-its-own");
    const own = { case: "record/x", party: "aster", findings: [], clause: "article-3" };
    expect(story.try("dune", "case/open", { ...own, question: "Where?" })).toBe("not-its-own");
    story.say("aster", "case/answer", { case: name, answer: "The key was stolen." });
    story.day(11);
    // Whoever showed it is no opener, and may rule.
    const ruling = { case: name, party: "aster", violation: "not-found", reasons, standard };
    const members = ["panel.cedar", "panel.dune"];
    expect(story.try("panel", "case/rule", ruling, {}, members)).toBeUndefined();
    expect(roundOf(story.state).cases[0]?.outcome).toBe("not-found");
    expect(roundOf(story.state).reliability).toEqual([]);
    story.day(60).say("cedar", "contradiction/report", other(0, "cap"));
    expect(roundOf(story.state).cases).toHaveLength(2);
  });
});

describe("the reporting box of a panel", () => {
  const publicKey = Buffer.alloc(65, 4).toString("base64");
  const open = (names: string[], threshold = 2) => ({
    threshold,
    members: names.map((member) => ({ member, publicKey })),
  });
  const say = (story: Story, body: object) =>
    story.try("panel", "box/open", body, {}, ["panel.aster", "panel.cedar", "panel.dune"]);

  it("is opened by the panel together, to its own members, and reports are received once", () => {
    const story = new Story().pledges();
    expect(roundOf(story.state).box).toBeNull();
    expect(say(story, open(["cedar", "mallory"]))).toBe("not-its-own");
    expect(say(story, open(["cedar", "cedar"]))).toBe("not-its-own");
    expect(say(story, open(["cedar", "dune"], 3))).toBe("malformed-body");
    expect(story.try("panel", "box/open", open(["cedar", "dune"]), {}, ["panel.dune"])).toBe(
      "signature-invalid",
    );
    expect(say(story, open(["cedar", "dune", "ember"]))).toBeUndefined();
    const receive = { report: "ab".repeat(32) };
    expect(story.try("aster", "box/receive", receive)).toBe("role-forbidden");
    story.say("secretariat", "box/receive", receive);
    expect(story.try("secretariat", "box/receive", receive)).toBe("already-said");
    expect(roundOf(story.state).box).toMatchObject({ threshold: 2, received: 1 });
    // The panel is done with it: what was received stays on record, and nobody else says so.
    const three = ["panel.aster", "panel.cedar", "panel.dune"];
    const settle = (reports: string[], issuer = "panel", signers = three) =>
      story.try(issuer, "box/settle", { reports }, {}, signers);
    expect(settle([receive.report], "secretariat", ["secretariat"])).toBe("role-forbidden");
    expect(settle([receive.report], "panel", ["panel.dune"])).toBe("signature-invalid");
    expect(settle(["cd".repeat(32)])).toBe("not-declared");
    expect(settle([receive.report, receive.report])).toBe("already-said");
    expect(settle([receive.report])).toBeUndefined();
    expect(settle([receive.report])).toBe("already-said");
    expect(roundOf(story.state).box).toMatchObject({ received: 1, settled: 1 });
  });
});
