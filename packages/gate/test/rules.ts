import type { Duty } from "@standstill/agreement";
import type { GateRules } from "@standstill/gate";

/** Instant of the test's newest mark. */
export const NOW = Date.parse("2026-06-04T12:00:00Z");
export const HOUR = 3_600_000;
/** An H100 at 6e14 FLOP/s at most. */
export const SPEED = 600_000_000_000_000n;

/** A duty as an agreement in the mode cap has it. */
export function duty(obligation: object, more: Partial<Duty> = {}): Duty {
  const its = { mode: "cap", title: `${(obligation as { id: string }).id}.`, ...obligation };
  return {
    obligation: its as Duty["obligation"],
    limit: (its as { limit?: string }).limit,
    finishing: undefined,
    exemptions: [],
    ...more,
  };
}

/** At most 1e21 FLOP over a run and what it rests on; from 1e19 on declared. */
export const RUN_LIMIT = duty({
  id: "article-1",
  kind: "training-run-limit",
  over: "lineage",
  limit: "1000000000000000000000 FLOP",
});
/** Training from 1e19 FLOP on is declared. */
export const DECLARED = duty({
  id: "article-2",
  kind: "training-declared",
  above: "10000000000000000000 FLOP",
});

/** What binds Aster: two articles, one declared run, 1,024 accelerators. */
export function rulesWith(more: Partial<GateRules> = {}): GateRules {
  return {
    party: "aster",
    asOf: NOW,
    mode: "cap",
    duties: [RUN_LIMIT, DECLARED],
    uses: [],
    emergency: null,
    speeds: new Map([
      ["h100", SPEED],
      ["old", 1_000_000_000_000n],
    ]),
    h100e: 989_000_000_000_000n,
    peaks: new Map([
      ["h100", 989_000_000_000_000n],
      ["old", 2_000_000_000_000n],
    ]),
    runs: new Map([
      [
        "big",
        {
          run: "big",
          activity: "training",
          flop: 10n ** 21n,
          ancestryFlop: 0n,
          declaredAt: NOW - 100 * 24 * HOUR,
        },
      ],
    ]),
    registered: new Map([["h100", 1024]]),
    atSite: new Map([["h100", 16]]),
    policy: { whenUnsure: "refuse", staleHours: 72, leaseHours: 24 },
    ...more,
  };
}
