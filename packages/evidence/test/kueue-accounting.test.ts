import { acceleratorSeconds, parseKueue } from "@standstill/evidence";
import { describe, expect, it } from "vitest";

/** Constructed by the fields that Kueue's API documents (kueue.sigs.k8s.io, Workload v1beta1): no cluster was asked. */
const condition = (type: string, status: string, time: string, reason = type) => ({
  type,
  status,
  reason,
  lastTransitionTime: time,
});
const workload = (uid: string, usages: object[], ...conditions: object[]) => ({
  metadata: { uid, namespace: "research" },
  spec: { queueName: "team-a" },
  status: {
    admission: {
      clusterQueue: "gpus",
      podSetAssignments: usages.map((resourceUsage) => ({ name: "main", resourceUsage })),
    },
    conditions,
  },
});
const list = (...items: object[]) => JSON.stringify({ kind: "WorkloadList", items });
const ADMITTED = condition("Admitted", "True", "2026-11-21T20:00:00Z");

describe("Kueue's workloads as accounting", () => {
  it("accelerators of all pod sets, from admission to the end, succeeded or failed", () => {
    const jobs = parseKueue(
      list(
        workload(
          "one",
          [{ "nvidia.com/gpu": "8", cpu: "96" }, { "nvidia.com/gpu": 2 }],
          condition("QuotaReserved", "True", "2026-11-21T19:59:50Z"),
          ADMITTED,
          condition("Finished", "True", "2026-11-21T20:01:00Z", "JobFinished"),
        ),
        workload(
          "two",
          [{ "nvidia.com/mig-1g.10gb": "1" }],
          ADMITTED,
          condition("Finished", "True", "2026-11-21T22:00:30+02:00", "Failed"),
        ),
      ),
    );
    expect(jobs).toMatchObject([
      { id: "one", account: "research/team-a", state: "COMPLETED", accelerators: 10 },
      { id: "two", state: "FAILED", accelerators: 1, end: "2026-11-21T20:00:30.000Z" },
    ]);
    expect(acceleratorSeconds(jobs)).toBe(10 * 60 + 30);
  });

  it("what still runs, waits or was evicted is left for the next time", () => {
    const jobs = parseKueue(
      list(
        workload("runs", [{ "nvidia.com/gpu": "8" }], ADMITTED),
        workload("waits", []),
        workload("evicted", [], condition("Admitted", "False", "2026-11-21T20:00:00Z")),
        { metadata: { uid: "bare" } },
      ),
    );
    expect(jobs).toEqual([]);
  });

  it("another list, no list and half an accelerator are refused in words", () => {
    expect(() => parseKueue("{}")).toThrow(/list of workloads/);
    expect(() => parseKueue("kind: List")).toThrow(/no JSON/);
    const half = workload(
      "x",
      [{ "nvidia.com/gpu": "500m" }],
      ADMITTED,
      condition("Finished", "True", "2026-11-21T20:01:00Z"),
    );
    expect(() => parseKueue(list(half))).toThrow(/whole number of nvidia.com\/gpu/);
  });
});
