import {
  amount,
  type DeclaredRun,
  decide,
  GateError,
  type GateRules,
  type JobQuestion,
  Ledger,
  parseRequest,
  reviewOf,
} from "@standstill/gate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { DECLARED, duty, HOUR, NOW, RUN_LIMIT, rulesWith, SPEED } from "./rules.ts";

const job = (more: Partial<JobQuestion> = {}) =>
  parseRequest({
    job: "slurm:1",
    accelerators: 64,
    accelerator: "h100",
    seconds: 3600,
    run: "big",
    ...more,
  });
const ask = (more: Partial<JobQuestion>, rules = rulesWith(), ledger = new Ledger(), now = NOW) =>
  decide(rules, ledger, job(more), now);
const clauses = (...args: Parameters<typeof ask>) =>
  ask(...args).objections.map(({ clause }) => clause);
/** Lets a job in, as a service does. */
const letIn = (ledger: Ledger, rules: GateRules, more: Partial<JobQuestion>, now = NOW) => {
  const request = job(more);
  const { decision, until, isLease: _ } = decide(rules, ledger, request, now);
  if (decision === "allow") {
    const flop = String(
      (BigInt(request.accelerators * request.tasks) * SPEED * BigInt(until - now)) / 1000n,
    );
    ledger.apply({ kind: "reserve", at: now, until, flop, request });
  }
  return decision;
};
/** Hours of 64 accelerators that do 1e21 FLOP. */
const FULL_HOURS = Math.floor(1e21 / (64 * 6e14 * 3600));

describe("what a job could do at most is held against what binds", () => {
  it("a small job may run, one over the limit may not, and the clause says why", () => {
    expect(ask({})).toMatchObject({ decision: "allow", because: "within-limits", objections: [] });
    const refused = ask({ seconds: (FULL_HOURS + 1) * 3600 });
    expect(refused).toMatchObject({ decision: "refuse", because: "objections" });
    expect(refused.objections[0]).toMatchObject({
      clause: "article-1",
      expected: "at most 1.00e21 FLOP in a run and what it rests on",
    });
    expect(refused.sentence).toContain("article-1");
    expect(ask({ seconds: FULL_HOURS * 3600 }).decision).toBe("allow");
  });

  it("what a run rests on counts", () => {
    const child: DeclaredRun = {
      run: "child",
      activity: "training",
      flop: 10n ** 21n,
      ancestryFlop: 9n * 10n ** 20n,
      declaredAt: NOW,
    };
    const rules = rulesWith({ runs: new Map([["child", child]]) });
    const hours = FULL_HOURS / 5;
    expect(clauses({ run: "child", seconds: Math.floor(hours) * 3600 }, rules)).toContain(
      "article-1",
    );
    const single = { ...RUN_LIMIT, obligation: { ...RUN_LIMIT.obligation, over: "run" } } as never;
    const alone = rulesWith({ runs: rules.runs, duties: [single] });
    expect(clauses({ run: "child", seconds: Math.floor(hours) * 3600 }, alone)).toEqual([]);
  });

  it("however work is split into jobs, arrays and days, no more is let in than the limit", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            accelerators: fc.integer({ min: 1, max: 512 }),
            tasks: fc.integer({ min: 1, max: 20 }),
            hours: fc.integer({ min: 1, max: 60 }),
            ends: fc.boolean(),
            wait: fc.integer({ min: 0, max: 100 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        fc.constantFrom("big", undefined),
        (jobs, run) => {
          const [rules, ledger] = [rulesWith(), new Ledger()];
          let [now, done] = [NOW, 0n];
          const line = run === undefined ? 10n ** 19n : 10n ** 21n;
          for (const [i, { accelerators, tasks, hours, ends, wait }] of jobs.entries()) {
            const its = { job: `j${i}`, accelerators, tasks, seconds: hours * 3600, run };
            if (letIn(ledger, { ...rules, asOf: now }, its, now) === "allow")
              done += BigInt(accelerators * tasks * hours * 3600) * SPEED;
            if (ends) ledger.apply({ kind: "end", at: now + hours * HOUR, job: `j${i}` });
            now += wait * HOUR;
            expect(done).toBeLessThanOrEqual(line);
          }
        },
      ),
      { numRuns: scaled(300) },
    );
  });

  it("what a job did until it ended counts, and what it did not do comes back", () => {
    const [rules, ledger] = [rulesWith(), new Ledger()];
    const half = { job: "a", seconds: Math.ceil(FULL_HOURS * 0.6) * 3600 };
    expect(letIn(ledger, rules, half)).toBe("allow");
    expect(letIn(ledger, rules, { ...half, job: "b" })).toBe("refuse");
    ledger.apply({ kind: "end", at: NOW + HOUR, job: "a" });
    expect(letIn(ledger, rules, { ...half, job: "b" }, NOW + HOUR)).toBe("allow");
  });

  it("a requeued or changed job asks anew: what it ran counts, what was held back for it does not", () => {
    const [rules, ledger] = [rulesWith(), new Ledger()];
    const most = { job: "a", seconds: FULL_HOURS * 3600 };
    expect(letIn(ledger, rules, most)).toBe("allow");
    expect(letIn(ledger, rules, most)).toBe("allow");
    expect(decide(rules, ledger, job(most), NOW + HOUR).decision).toBe("refuse");
    const rest = { ...most, seconds: (FULL_HOURS - 2) * 3600 };
    expect(decide(rules, ledger, job(rest), NOW + HOUR).decision).toBe("allow");
  });

  it("training that nobody declared counts together, and a run that is not on record lets nothing in", () => {
    const [rules, ledger] = [rulesWith(), new Ledger()];
    const small = { run: undefined, accelerators: 1, seconds: 10_000 };
    expect(letIn(ledger, rules, { ...small, job: "a" })).toBe("allow");
    ledger.apply({ kind: "end", at: NOW + 100 * HOUR, job: "a" });
    const later = { ...rules, asOf: NOW + 2000 * HOUR };
    expect(clauses(small, later, ledger, NOW + 2000 * HOUR)).toEqual(["article-2"]);
    expect(clauses({ run: "never-declared" })).toContain("runs");
    expect(clauses({ run: undefined, activity: "inference", seconds: 9e6 })).toEqual([]);
  });

  it("in a pause nothing is trained but what an exemption leaves", () => {
    const research = {
      id: "research",
      title: "Research.",
      from: ["article-1"],
      uses: ["safety"],
      limit: "200000000000000000000 FLOP",
      perDays: 90,
    };
    const paused = { ...RUN_LIMIT, limit: "0 FLOP", exemptions: [research] };
    const rules = rulesWith({
      mode: "pause",
      duties: [paused],
      uses: [
        { id: "safety", title: "Safety.", stance: "permitted" },
        { id: "military", title: "Military.", stance: "prohibited" },
        { id: "small", title: "Small.", stance: "limited", limit: "1000 FLOP", perDays: 30 },
      ],
    });
    expect(clauses({}, rules)).toEqual(["article-1"]);
    expect(ask({ use: "safety" }, rules)).toMatchObject({ decision: "allow", because: "exempted" });
    expect(clauses({ use: "safety", seconds: 7200 }, rules)).toEqual(["article-1"]);
    expect(clauses({ use: "military", activity: "other" }, rules)).toEqual(["military"]);
    expect(clauses({ use: "small", activity: "inference" }, rules)).toEqual(["small"]);
    expect(clauses({ use: "fun", activity: "inference" }, rules)).toEqual(["uses"]);
    expect(clauses({ activity: "inference" }, rules)).toEqual([]);
  });

  it("relief for small actors is for who has few accelerators, and asks for few", () => {
    const small = { id: "small", title: "Small.", from: ["article-2"], belowH100e: 4 };
    const rules = (registered: number) =>
      rulesWith({
        duties: [{ ...DECLARED, exemptions: [small] }],
        registered: new Map(registered === 0 ? [] : [["h100", registered]]),
      });
    const long = { run: undefined, seconds: 100 * 3600 };
    expect(clauses({ ...long, accelerators: 2 }, rules(2))).toEqual([]);
    expect(clauses({ ...long, accelerators: 2 }, rules(64))).toEqual(["article-2"]);
    // Who has nothing on record is not small by that.
    expect(clauses({ ...long, accelerators: 512 }, rules(0))).toEqual(["article-2"]);
  });

  it("an exemption that asks for nothing but its group and its day frees whatever is done", () => {
    const group = { id: "group", title: "A group.", from: ["article-2"], group: "coast" };
    const freed = { ...DECLARED, exemptions: [{ ...group, until: "2030-01-01" }] };
    const long = { run: undefined, seconds: 100 * 3600 };
    expect(clauses(long, rulesWith({ duties: [DECLARED] }))).toEqual(["article-2"]);
    expect(clauses(long, rulesWith({ duties: [freed] }))).toEqual([]);
  });

  it("clusters, notice, budgets over time and the register are held to too", () => {
    const with_ = (obligation: object, more: Partial<GateRules> = {}) =>
      rulesWith({ duties: [duty(obligation)], ...more });
    const cluster = { id: "c", kind: "cluster-limit", aboveH100e: "16", stance: "forbidden" };
    expect(clauses({ accelerators: 16 }, with_(cluster))).toEqual([]);
    expect(clauses({ accelerators: 17 }, with_(cluster))).toEqual(["c"]);
    expect(clauses({ accelerators: 17 }, with_({ ...cluster, stance: "declared" }))).toEqual([]);
    expect(
      clauses({ accelerators: 17 }, with_({ id: "o", kind: "powered-off", aboveH100e: "16" })),
    ).toEqual(["o"]);
    // What is too large as a whole may not be used in parts either.
    const large = { atSite: new Map([["h100", 17]]) };
    expect(clauses({ accelerators: 1 }, with_(cluster, large))).toEqual(["c"]);
    const notice = {
      id: "n",
      kind: "declared-before-start",
      above: "10000000000000000000 FLOP",
      noticeDays: 120,
      silence: "approval",
    };
    expect(clauses({}, with_(notice))).toEqual(["n"]);
    expect(clauses({}, with_({ ...notice, noticeDays: 100 }))).toEqual([]);
    const budget = {
      id: "b",
      kind: "research-compute-limit",
      perDays: 30,
      limit: "200000000000000000000 FLOP",
    };
    const ledger = new Ledger();
    expect(letIn(ledger, with_(budget), { activity: "other", job: "x" })).toBe("allow");
    expect(clauses({ activity: "other" }, with_(budget), ledger)).toEqual(["b"]);
    const later = with_(budget, { asOf: NOW + 40 * 24 * HOUR });
    ledger.apply({ kind: "end", at: NOW + HOUR, job: "x" });
    // What has ended counts for as long as the budget does.
    expect(clauses({ activity: "other" }, with_(budget), ledger, NOW + 2 * HOUR)).toEqual(["b"]);
    expect(clauses({ activity: "other" }, later, ledger, NOW + 40 * 24 * HOUR)).toEqual([]);
    const registered = { id: "r", kind: "accelerators-registered" };
    expect(clauses({ accelerators: 1025 }, with_(registered))).toEqual(["r"]);
    expect(clauses({ accelerators: 1, accelerator: "old" }, with_(registered))).toEqual(["r"]);
    expect(clauses({ accelerator: "secret" })).toContain("accelerators");
  });
});

describe("what the gate answers where limits are not the question", () => {
  it("nothing binds who is not bound, and a job without accelerators is nobody's business", () => {
    const seconds = 100 * FULL_HOURS * 3600;
    expect(ask({ seconds }, rulesWith({ mode: null, duties: [] })).because).toBe("nothing-binds");
    expect(ask({ accelerators: 0, seconds })).toMatchObject({ decision: "allow" });
  });

  it("without a fresh record it answers as agreed", () => {
    const later = NOW + 73 * HOUR;
    expect(ask({}, rulesWith(), new Ledger(), later)).toMatchObject({
      decision: "refuse",
      because: "unsure",
    });
    const open = rulesWith({ policy: { whenUnsure: "allow", staleHours: 72, leaseHours: 24 } });
    expect(ask({}, open, new Ledger(), later)).toMatchObject({
      decision: "allow",
      because: "unsure",
    });
    expect(ask({}, rulesWith({ speeds: new Map() })).because).toBe("unsure");
  });

  it("an emergency on record lets everything in until it is over", () => {
    const emergency = { until: NOW + HOUR, index: 12 };
    const most = { seconds: 9 * FULL_HOURS * 3600 };
    expect(ask(most, rulesWith({ emergency }))).toMatchObject({
      decision: "allow",
      because: "emergency",
    });
    expect(ask(most, rulesWith({ emergency }), new Ledger(), NOW + HOUR).decision).toBe("refuse");
    // It asks again when the emergency is over, and is held back until then.
    expect(ask(most, rulesWith({ emergency }))).toMatchObject({
      isLease: true,
      until: NOW + HOUR,
      flop: 64n * SPEED * 3600n,
    });
    expect(ask({ seconds: 60 }, rulesWith({ emergency }))).toMatchObject({ isLease: false });
  });

  it("a job without a time limit gets a lease, and nothing said is taken for the worst", () => {
    const lease = ask({ seconds: null });
    expect(lease).toMatchObject({ isLease: true, until: NOW + 24 * HOUR });
    expect(lease.atMost).toBe(amount(64n * SPEED * 86_400n));
    const blank = parseRequest({ job: "1", accelerators: 1, seconds: 10 });
    expect(blank).toMatchObject({ activity: "training", tasks: 1 });
    expect(decide(rulesWith(), new Ledger(), blank, NOW).atMost).toBe(amount(10n * SPEED));
  });
});

describe("running jobs when the rules change", () => {
  const filled = (count: number) => {
    const ledger = new Ledger();
    for (let i = 0; i < count; i++)
      letIn(ledger, rulesWith(), { job: `j${i}`, accelerators: 1, seconds: 36_000 }, NOW + i);
    return ledger;
  };

  it("those that no longer fit have to stop, the newest first; the oldest keep what is left", () => {
    expect(reviewOf(rulesWith(), filled(10), NOW + HOUR)).toEqual([]);
    const paused = rulesWith({ mode: "pause", duties: [{ ...RUN_LIMIT, limit: "0 FLOP" }] });
    expect(reviewOf(paused, filled(3), NOW + HOUR).map((one) => one.job)).toEqual([
      ...["j2", "j1", "j0"],
    ]);
    // One hour of three jobs is done, and one job's nine hours fit besides.
    const limit = `${3n * 3600n * SPEED + 9n * 3600n * SPEED} FLOP`;
    const tapered = rulesWith({ duties: [{ ...RUN_LIMIT, limit }] });
    expect(reviewOf(tapered, filled(3), NOW + HOUR).map((one) => one.job)).toEqual(["j2", "j1"]);
  });

  it("leases that ran out are among them", () => {
    const [over] = reviewOf(rulesWith(), filled(1), NOW + 11 * HOUR);
    expect(over).toMatchObject({ job: "j0", isOver: true });
  });

  it("a ledger written anew holds the same", () => {
    const ledger = filled(5);
    ledger.apply({ kind: "end", at: NOW + HOUR, job: "j3" });
    const again = Ledger.of(JSON.parse(JSON.stringify([...ledger.toEvents()])));
    for (const [run, without] of [
      ["big", "j1"],
      [undefined, "none"],
    ] as const) {
      const [a, b] = [ledger, again].map((one) => one.sums(NOW + 2 * HOUR, without, run));
      expect(b?.inRun).toBe(a?.inRun);
      expect(b?.all(30)).toBe(a?.all(30));
    }
    expect([...again.running.keys()]).toEqual([...ledger.running.keys()]);
  });
});

describe("whatever is asked", () => {
  it("a request is read or refused with a code, and is always decided", () => {
    fc.assert(
      fc.property(fc.anything(), fc.boolean(), (value, isBound) => {
        const asked =
          typeof value === "object" && value !== null
            ? { job: "a", accelerators: 1, seconds: 1, ...value }
            : value;
        try {
          const request = parseRequest(asked);
          const rules = rulesWith(isBound ? {} : { mode: null });
          expect(["allow", "refuse"]).toContain(decide(rules, new Ledger(), request, NOW).decision);
        } catch (error) {
          expect(error).toBeInstanceOf(GateError);
        }
      }),
    );
  });

  it("obligations that no job can break by itself do not stop one", () => {
    const quiet = [
      duty({ id: "r", kind: "report", of: "All.", to: "All.", withinHours: 1 }),
      duty({ id: "s", kind: "conduct", text: "Be good." }),
    ];
    expect(ask({}, rulesWith({ duties: [...quiet, DECLARED] })).decision).toBe("allow");
  });
});
