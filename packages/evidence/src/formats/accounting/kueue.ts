import { z } from "zod";
import { EvidenceError } from "../../error.ts";
import type { Job } from "./jobs.ts";

/**
 * Jobs of Kubernetes as Kueue accounts for them: `kubectl get workloads --all-namespaces --output json` (kueue.sigs.k8s.io,
 * Workload). The time counts from admission to the end, whether it succeeded or failed; what has not ended is left for the next
 * time. The usage is what its pod sets were assigned together. A workload that was evicted forgets when it was admitted, so of
 * one that was admitted again only the last time is seen: collect often, and compare with the power.
 */
export function parseKueue(text: string): Job[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      "expected a list of workloads, got text that is no JSON",
      {
        cause,
      },
    );
  }
  const parsed = listSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EvidenceError(
      "malformed-file",
      `expected a list of workloads, got ${issue?.path.join(".")}: ${issue?.message}`,
    );
  }
  return parsed.data.items.flatMap(({ metadata, spec, status }, i) => {
    const conditions = status?.conditions ?? [];
    const admitted = conditions.find(
      ({ type, status: is }) => type === "Admitted" && is === "True",
    );
    const finished = conditions.find(
      ({ type, status: is }) => type === "Finished" && is === "True",
    );
    if (admitted === undefined || finished === undefined) return [];
    if (Date.parse(finished.lastTransitionTime) < Date.parse(admitted.lastTransitionTime))
      return [];
    const assignments = status?.admission?.podSetAssignments ?? [];
    return [
      {
        id: metadata.uid,
        account: [metadata.namespace, spec?.queueName].filter((one) => one !== undefined).join("/"),
        state: stateOf(finished.reason),
        start: new Date(admitted.lastTransitionTime).toISOString(),
        end: new Date(finished.lastTransitionTime).toISOString(),
        accelerators: assignments.reduce(
          (sum, { resourceUsage = {} }) => sum + acceleratorsIn(resourceUsage, `items.${i}`),
          0,
        ),
      },
    ];
  });
}

const MOST_WORKLOADS = 1_000_000;
/** A resource of an accelerator: `nvidia.com/gpu`, `amd.com/gpu`, or a slice of one, which counts as one. */
const ACCELERATOR = /\/(?:gpu|mig-[0-9a-z.]+)$/;

const conditionSchema = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  lastTransitionTime: z.iso.datetime({ offset: true }),
});
const workloadSchema = z.looseObject({
  metadata: z.looseObject({ uid: z.string().min(1), namespace: z.string().optional() }),
  spec: z.looseObject({ queueName: z.string().optional() }).optional(),
  status: z
    .looseObject({
      admission: z
        .looseObject({
          podSetAssignments: z
            .array(
              z.looseObject({
                resourceUsage: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
              }),
            )
            .optional(),
        })
        .nullish(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});
const listSchema = z.looseObject({ items: z.array(workloadSchema).max(MOST_WORKLOADS) });

function stateOf(reason = ""): string {
  return /fail/i.test(reason) ? "FAILED" : "COMPLETED";
}

function acceleratorsIn(usage: Readonly<Record<string, string | number>>, place: string): number {
  return Object.entries(usage).reduce((sum, [name, count]) => {
    if (!ACCELERATOR.test(name)) return sum;
    if (!/^\d{1,7}$/.test(String(count))) {
      throw new EvidenceError(
        "malformed-file",
        `expected a whole number of ${name}, got ${JSON.stringify(count)}`,
        { place },
      );
    }
    return sum + Number(count);
  }, 0);
}
