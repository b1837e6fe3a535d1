import {
  type Agreed,
  type AgreementState,
  agreementAdopt,
  agreementAmend,
  agreementConsent,
  agreementPropose,
  type Coalition,
  type DutyPiece,
  dutiesIfBound,
  dutiesOf,
  dutiesOver,
  elapsed,
  elapseTo,
  NOTHING_ASKED,
  noAgreement,
  parseDraft,
  pledgeMake,
  pledgeSuspend,
  pledgeWithdraw,
  rulesOf,
  settled,
  type Terms,
  termsHash,
  withRuling,
} from "@standstill/agreement";
import {
  AppendList,
  DAY_MS,
  DRAFT,
  formatVerifier,
  isRefusal,
  noMarks,
  noteVerifier,
  type Refusal,
  signingKey,
  toHex,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const PARTIES = ["a", "b", "c"];
const days = (n: number) => n * DAY_MS;
const dayOf = (n: number) => new Date(days(n)).toISOString().slice(0, 10);

function keyOf(n: number): string {
  return toHex(signingKey(new Uint8Array(32).fill(n)).publicKey);
}

/** What differs between the agreements of this test. */
interface Choice {
  readonly version: number;
  readonly limit: number;
  readonly taperDays: readonly number[];
  readonly exemptUntil: number;
  readonly rampDays: readonly number[];
  readonly stopWithinHours: number | undefined;
  readonly notBefore: number;
  readonly lasts: "while-met" | "until-lifted";
}

function termsOf(choice: Choice): Terms {
  const flop = (amount: number) => `${amount} FLOP`;
  const taper = choice.taperDays.map((afterDays, i) => ({
    afterDays,
    limit: flop(choice.limit - 10 * (i + 1)),
  }));
  const head = { title: "A limit.", mode: "cap" };
  const { stopWithinHours: stop } = choice;
  const draft = parseDraft(
    JSON.stringify({
      name: "Made",
      version: choice.version,
      about: "Made for a test.",
      parties: PARTIES.map((id) => ({ id, name: id.toUpperCase() })),
      groups: [{ id: "few", title: "Few.", parties: ["a", "b"] }],
      keeper: { id: "keeper", name: "Keeper" },
      witnesses: [],
      witnessQuorum: 0,
      counting: { rule: "every-operation-equally", source: "Agreed." },
      obligations: [
        {
          ...head,
          id: "all",
          kind: "training-run-limit",
          limit: flop(choice.limit),
          ...(taper.length === 0 ? {} : { taper }),
        },
        {
          ...head,
          id: "few-only",
          kind: "research-compute-limit",
          perDays: 30,
          limit: flop(50),
          binds: "few",
        },
        { ...head, id: "tapered", mode: "taper", kind: "post-training-limit", limit: flop(7) },
        { ...head, id: "paused", mode: "pause", kind: "conduct", text: "Stop." },
      ],
      exemptions: [
        {
          id: "relief",
          title: "Relief.",
          from: ["all"],
          group: "few",
          until: dayOf(choice.exemptUntil),
        },
      ],
      triggers: [
        {
          id: "falls",
          title: "Falls.",
          when: { kind: "ruled", question: "fall" },
          mode: "taper",
          lasts: choice.lasts,
        },
        {
          id: "stops",
          title: "Stops.",
          when: { kind: "ruled", question: "stop" },
          mode: "pause",
          lasts: choice.lasts,
        },
      ],
      ...(stop === undefined
        ? {}
        : {
            pause: {
              readyWithinHours: stop,
              stopWithinHours: stop,
              shownWithinHours: stop + 1,
            },
          }),
      lift: {
        title: "Lifted.",
        when: { kind: "ruled", question: "lift" },
        noticeDays: 1,
        ramp: choice.rampDays.map((untilDays, i) => ({ untilDays, limit: flop(100 * (i + 1)) })),
      },
      entry: {
        title: "At once.",
        when: { kind: "all", of: [] },
        delayDays: 0,
        notBefore: dayOf(choice.notBefore),
        holds: "throughout",
      },
      withdrawal: { title: "Leaves.", noticeDays: 2 },
      amendment: { title: "One is enough.", when: { kind: "count", atLeast: 1 } },
    }),
  );
  const log = noteVerifier("log.example/made", signingKey(new Uint8Array(32).fill(99)).publicKey);
  return {
    ...draft,
    keys: ["keeper", ...PARTIES].map((holder, i) => ({ holder, publicKey: keyOf(i + 1) })),
    log: { vkey: formatVerifier(log) },
    witnessKeys: [],
  };
}

const choice: fc.Arbitrary<Choice> = fc.record({
  version: fc.integer({ min: 1, max: 1_000_000 }),
  limit: fc.constantFrom(100, 200),
  taperDays: fc.constantFrom([], [3], [0, 9]),
  exemptUntil: fc.integer({ min: 0, max: 30 }),
  rampDays: fc.constantFrom([2], [2, 5]),
  stopWithinHours: fc.constantFrom(undefined, 36, 72),
  notBefore: fc.constantFrom(0, 0, 4),
  lasts: fc.constantFrom("while-met" as const, "until-lifted" as const),
});

type Happening =
  | { readonly what: "pledge"; readonly party: string; readonly mode: "cap" | "taper" | "pause" }
  | { readonly what: "withdraw" | "suspend" | "resume"; readonly party: string }
  | { readonly what: "rule"; readonly question: string; readonly answer: boolean }
  | { readonly what: "amend"; readonly party: string; readonly choice: Choice };

const party = fc.constantFrom(...PARTIES);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("pledge" as const),
      party,
      mode: fc.constantFrom("cap" as const, "cap" as const, "taper" as const, "pause" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom("withdraw" as const, "suspend" as const, "resume" as const),
      party,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("rule" as const),
      question: fc.constantFrom("fall", "stop", "lift"),
      answer: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("amend" as const), party, choice }) },
);

/** What happens on which half days; several things may happen at one instant. */
const happenings = fc
  .array(fc.record({ half: fc.integer({ min: 0, max: 50 }), what: happening }), { maxLength: 12 })
  .map((rows) => rows.sort((a, b) => a.half - b.half));

const HORIZON = days(40);

/** The states of an agreement, each with the instant from which on it was that. */
function statesOf(
  first: Choice,
  rows: readonly { readonly half: number; readonly what: Happening }[],
): { readonly at: number; readonly state: Agreed }[] {
  let index = 0;
  const said = <Body>(issuer: string, body: Body, agreement = "") => ({
    id: "00".repeat(32),
    index: index++,
    statement: {
      type: "x/y",
      version: DRAFT,
      agreement,
      issuer,
      sequence: 0,
      issuedAt: new Date(0).toISOString(),
      body: {},
    },
    body,
  });
  const terms = termsOf(first);
  const hash = termsHash(terms);
  const opening = { agreement: noAgreement, clock: noMarks, marks: AppendList.empty<never>() };
  const proposed = agreementPropose.reduce(opening, said("keeper", { terms }, hash));
  if (isRefusal(proposed)) throw new Error(proposed.message);
  let state: Agreed = proposed.agreement;
  const take = (next: { readonly agreement: Agreed } | Refusal) => {
    if (!isRefusal(next)) state = next.agreement;
    return !isRefusal(next);
  };
  const now = (at: number) => ({ agreement: state, clock: { ...noMarks, at } });
  for (const id of PARTIES) take(agreementAdopt.reduce(now(0), said(id, { terms: hash })));
  const states = [{ at: 0, state }];
  for (const { half, what } of rows) {
    const at = days(half) / 2;
    // As a mark of time: whatever time alone brings has come.
    state = elapsed(state, at, index++);
    if (what.what === "pledge") {
      const body = { mode: what.mode, while: NOTHING_ASKED };
      take(pledgeMake.reduce(now(at), said(what.party, body)));
    } else if (what.what === "withdraw") {
      take(pledgeWithdraw.reduce(now(at), said(what.party, { reason: "x" })));
    } else if (what.what === "suspend" || what.what === "resume") {
      const body = { suspended: what.what === "suspend", reason: "x" };
      take(pledgeSuspend.reduce(now(at), said(what.party, body)));
    } else if (what.what === "rule") {
      const { question, answer } = what;
      const facts = withRuling(state.coalition.facts, "case", { question, answer });
      state = settled(state, facts, at, index++);
    } else if (what.what === "amend") {
      const amended = termsOf(what.choice);
      if (!take(agreementAmend.reduce(now(at), said(what.party, { terms: amended })))) continue;
      const consent = said(what.party, { terms: termsHash(amended) });
      take(agreementConsent.reduce(now(at), consent));
    }
    states.push({ at, state });
  }
  return states;
}

const told = (duties: ReturnType<typeof dutiesOf>) =>
  duties.map(({ obligation, limit, finishing, exemptions }) => [
    ...[obligation.id, limit, finishing],
    ...exemptions.map(({ id }) => id),
  ]);

describe("duties over a period", () => {
  it("are at every instant what the state of that instant, replayed, says they are", () => {
    fc.assert(
      fc.property(choice, happenings, (first, rows) => {
        const states = statesOf(first, rows);
        const { state: newest } = states.at(-1) as (typeof states)[number];
        const end = elapsed(newest, HORIZON, 1000);
        for (const id of PARTIES) {
          const pieces = dutiesOver(end, id, 0, HORIZON);
          const probes = pieces.flatMap(({ startMs, endMs }) => [startMs, endMs - 1]);
          for (let half = 0; half < 80; half++) probes.push(days(half) / 2, days(half) / 2 + 7);
          for (const at of probes) {
            const piece = pieces.find((one) => one.startMs <= at && at < one.endMs) as DutyPiece;
            const { state } = states.findLast((one) => one.at <= at) as (typeof states)[number];
            const { terms } = state;
            const coalition: Coalition = elapseTo(rulesOf(terms), state.coalition, at);
            expect(told([...piece.duties])).toEqual(told(dutiesOf(terms, coalition, id)));
            expect(piece.mode).toBe(coalition.bound.get(id) ?? null);
            expect(piece.terms).toBe(state.hash);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it("cover the period without gaps, and no two neighbours are alike", () => {
    fc.assert(
      fc.property(
        choice,
        happenings,
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 1, max: 60 }),
        (first, rows, from, length) => {
          const { state } = statesOf(first, rows).at(-1) as { readonly state: Agreed };
          const [start, end] = [days(from) / 2 + 5, days(from + length) / 2 + 5];
          const pieces = dutiesOver(state, "a", start, end);
          expect(pieces[0]?.startMs).toBe(start);
          expect(pieces.at(-1)?.endMs).toBe(end);
          for (const [i, piece] of pieces.entries()) {
            expect(piece.startMs).toBeLessThan(piece.endMs);
            const before = pieces[i - 1];
            if (before === undefined) continue;
            expect(before.endMs).toBe(piece.startMs);
            const shape = ({ startMs: _s, endMs: _e, duties, ...rest }: DutyPiece) =>
              JSON.stringify([rest, told([...duties])]);
            expect(shape(before)).not.toBe(shape(piece));
          }
        },
      ),
    );
  });
});

const plain: Choice = {
  version: 1,
  limit: 100,
  taperDays: [],
  exemptUntil: -200,
  rampDays: [2],
  stopWithinHours: 72,
  notBefore: 0,
  lasts: "until-lifted",
};
const pledge = (id: string, half: number, mode: "cap" | "pause" = "cap") => ({
  half,
  what: { what: "pledge" as const, party: id, mode },
});
const rule = (question: string, half: number) => ({
  half,
  what: { what: "rule" as const, question, answer: true },
});
const stateAfter = (rows: Parameters<typeof statesOf>[1], first: Choice = plain) =>
  statesOf(first, rows).at(-1)?.state as AgreementState;
const spans = (pieces: readonly DutyPiece[]) =>
  pieces.map(({ startMs, endMs, mode, basis }) => [
    ...[startMs / DAY_MS, endMs / DAY_MS],
    ...[mode, basis],
  ]);

describe("a pause, raised by a trigger", () => {
  it("brings limits to nothing at once, and what had begun may be ended until the agreed hour", () => {
    const state = stateAfter([pledge("a", 0), rule("stop", 4)]);
    const pieces = dutiesOver(state, "a", 0, days(10)).map(({ startMs, endMs, pause, duties }) => [
      ...[startMs / DAY_MS, endMs / DAY_MS],
      ...[pause?.since ?? null, duties[0]?.limit, duties[0]?.finishing],
    ]);
    expect(pieces.slice(-2)).toEqual([
      [2, 5, days(2), "0 FLOP", "100 FLOP"],
      [5, 10, days(2), "0 FLOP", undefined],
    ]);
  });

  it("binds who pledged it itself, or came after the hour, at once", () => {
    const own = dutiesOver(stateAfter([pledge("a", 0, "pause")]), "a", 0, days(1));
    expect(own.map(({ pause }) => pause)).toEqual([{ since: 0, index: 5, stop: 0 }]);
    const late = stateAfter([pledge("b", 0), rule("stop", 4), pledge("a", 20)]);
    const [, after] = dutiesOver(late, "a", days(9), days(12));
    expect([after?.pause?.since, after?.pause?.stop]).toEqual([days(10), days(10)]);
  });
});

describe("time before a party was bound", () => {
  const accounting = (from: string | undefined, rows: Parameters<typeof statesOf>[1]) => {
    const state = stateAfter(rows);
    const terms = {
      ...(state.terms as Terms),
      ...(from === undefined ? {} : { accounts: { from } }),
    };
    return {
      ...state,
      versions: state.versions.map((one, i) => (i === 0 ? { ...one, terms } : one)),
    };
  };
  const long = -days(100);
  const since = new Date(-days(30)).toISOString();

  it("binds nobody to anything, unless the terms say from when on all account for it", () => {
    const rows = [pledge("a", 8)];
    const without = dutiesOver(accounting(undefined, rows), "a", long, days(6));
    expect(spans(without)).toEqual([
      [-100, 0, null, null],
      [0, 4, null, null],
      [4, 6, "cap", "bound"],
    ]);
    const with_ = dutiesOver(accounting(since, rows), "a", long, days(6));
    expect(spans(with_)).toEqual([
      [-100, -30, null, null],
      [-30, 4, "cap", "accounts"],
      [4, 6, "cap", "bound"],
    ]);
    expect(
      dutiesOver(accounting(since, rows), "b", long, days(6)).every((one) => one.mode === null),
    ).toBe(true);
  });

  it("counts as under a cap, so that nobody who joins a pause accounts for what it did before", () => {
    const joins = [pledge("b", 0), rule("stop", 2), pledge("a", 8)];
    const pieces = dutiesOver(accounting(since, joins), "a", long, days(6));
    expect(spans(pieces).slice(1)).toEqual([
      [-30, 4, "cap", "accounts"],
      [4, 6, "pause", "bound"],
    ]);
    expect(pieces[1]?.duties[0]?.limit).toBe("100 FLOP");
  });

  it("is that before the first time: who drops out and comes back does not account for the time between", () => {
    const rows = [
      pledge("a", 0),
      { half: 4, what: { what: "suspend" as const, party: "a" } },
      { half: 8, what: { what: "resume" as const, party: "a" } },
    ];
    expect(spans(dutiesOver(accounting(since, rows), "a", days(-1), days(6)))).toEqual([
      [-1, 0, "cap", "accounts"],
      [0, 2, "cap", "bound"],
      [2, 4, null, null],
      [4, 6, "cap", "bound"],
    ]);
  });
});

it("without a record duties are those of a mode that binds all the time, with its schedule", () => {
  const terms = termsOf({ ...plain, taperDays: [3], exemptUntil: 1 });
  const pieces = dutiesIfBound(terms, "a", "taper", 0, days(6));
  expect(
    pieces.map(({ endMs, duties }) => [
      endMs / DAY_MS,
      duties[0]?.limit,
      duties[0]?.exemptions.length,
    ]),
  ).toEqual([
    [2, "100 FLOP", 1],
    [3, "100 FLOP", 0],
    [6, "90 FLOP", 0],
  ]);
});
