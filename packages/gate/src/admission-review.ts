import { describeIssues } from "@standstill/record";
import { z } from "zod";
import type { Decision } from "./decide.ts";
import { GateError } from "./error.ts";
import { type JobRequest, parseRequest } from "./request.ts";
import { resourceCount } from "./resource-count.ts";

const metadata = z.looseObject({
  name: z.string().max(253).optional(),
  generateName: z.string().max(253).optional(),
  annotations: z.record(z.string(), z.string().max(1000)).optional(),
});
const resources = z.record(z.string(), z.unknown()).optional();
const containers = z
  .array(
    z.looseObject({
      resources: z.looseObject({ limits: resources, requests: resources }).optional(),
    }),
  )
  .max(1000);
const podSpec = z.looseObject({
  activeDeadlineSeconds: z.int().min(1).nullish(),
  containers,
  /** They run before the others, and may run as long. */
  initContainers: containers.nullish(),
});
const review = z.looseObject({
  apiVersion: z.literal("admission.k8s.io/v1"),
  kind: z.literal("AdmissionReview"),
  request: z.looseObject({
    uid: z.string().min(1).max(100),
    kind: z.looseObject({ group: z.string(), kind: z.string() }),
    operation: z.string(),
    subResource: z.string().max(100).optional(),
    namespace: z.string().max(253).optional(),
    object: z.unknown().optional(),
    oldObject: z.unknown().optional(),
    dryRun: z.boolean().optional(),
    options: z.looseObject({ gracePeriodSeconds: z.int().nullish() }).nullish(),
    userInfo: z.looseObject({ username: z.string() }).optional(),
  }),
});
/** A pod as far as it tells whether anything of it still runs. */
const existing = z.looseObject({
  metadata,
  spec: z.looseObject({ nodeName: z.string().nullish() }).nullish(),
  status: z.looseObject({ phase: z.string().nullish() }).nullish(),
});
const pod = z.looseObject({ metadata, spec: podSpec });
const batchJob = z.looseObject({
  metadata,
  spec: z.looseObject({
    parallelism: z.int().min(0).nullish(),
    activeDeadlineSeconds: z.int().min(1).nullish(),
    template: z.looseObject({ metadata: metadata.optional(), spec: podSpec }),
  }),
});

/** What the API server of Kubernetes asks. */
export interface ReviewedJob {
  readonly uid: string;
  /** What the object wants of accelerators; `null` where it wants none. */
  readonly request: JobRequest | null;
  /** Whether it starts by this: a dry run does not, and of a batch job its pods do. */
  readonly isStart: boolean;
  /** Name of the pod of which nothing runs any more. */
  readonly ended: string | null;
}

/** How names of nodes begin when they ask the API server; it gives such a name to nobody else. */
const NODE_USER = "system:node:";
/** Annotations that say what a pod is for. */
const ANNOTATION = "standstill/";

/**
 * Reads an AdmissionReview (admission.k8s.io/v1, "Webhook request and response") of a pod or of a batch job. Accelerators are what limits ask of
 * `…/gpu` and the like; a pod says what it is for by the annotations `standstill/activity`, `standstill/run`, `standstill/use` and `standstill/accelerator`.
 * A pod that is deleted runs on for its grace period, which it chose itself: it has ended once its node says so, or deletes it for good.
 *
 * @throws GateError `malformed-request` for anything else
 */
export function parseAdmissionReview(value: unknown): ReviewedJob {
  const { request } = checked(review, value);
  const { uid, kind, operation, subResource, namespace = "default", object, oldObject } = request;
  const nothing = { uid, request: null, isStart: false, ended: null };
  const isPod = kind.group === "" && kind.kind === "Pod";
  if (request.dryRun === true && (operation === "DELETE" || subResource !== undefined))
    return nothing;
  if (operation === "DELETE" && isPod && (oldObject ?? null) !== null) {
    const its = checked(existing, oldObject);
    // Others may delete without a grace period too, and then nobody knows whether its containers still run.
    const isByNode = request.userInfo?.username.startsWith(NODE_USER) === true;
    const isForGood = isByNode && request.options?.gracePeriodSeconds === 0;
    const isGone = isForGood || (its.spec?.nodeName ?? "") === "" || isFinished(its);
    return { ...nothing, ended: isGone ? jobName(uid, namespace, its.metadata) : null };
  }
  if (operation === "UPDATE" && isPod && subResource === "status") {
    const its = checked(existing, object);
    return { ...nothing, ended: isFinished(its) ? jobName(uid, namespace, its.metadata) : null };
  }
  if (subResource !== undefined && subResource !== "") return nothing;
  if (operation !== "CREATE" && operation !== "UPDATE") return nothing;
  if (isPod) {
    const { metadata: its, spec } = checked(pod, object);
    const wanted = requestOf(uid, namespace, its, spec, 1, undefined);
    return { ...nothing, request: wanted, isStart: request.dryRun !== true };
  }
  if (kind.group === "batch" && kind.kind === "Job") {
    const { metadata: own, spec } = checked(batchJob, object);
    const { parallelism, activeDeadlineSeconds, template } = spec;
    const annotations = { ...own.annotations, ...template.metadata?.annotations };
    const its = { ...own, annotations };
    const tasks = Math.max(1, parallelism ?? 1);
    const deadline = activeDeadlineSeconds ?? undefined;
    return {
      ...nothing,
      request: requestOf(uid, namespace, its, template.spec, tasks, deadline),
    };
  }
  return nothing;
}

function isFinished({ status }: z.infer<typeof existing>): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

function jobName(
  uid: string,
  namespace: string,
  { name, generateName }: z.infer<typeof metadata>,
): string {
  return `kubernetes:${namespace}/${name ?? `${generateName ?? ""}${uid}`}`;
}

function requestOf(
  uid: string,
  namespace: string,
  its: z.infer<typeof metadata>,
  { containers: main, initContainers, activeDeadlineSeconds }: z.infer<typeof podSpec>,
  tasks: number,
  deadline: number | undefined,
): JobRequest | null {
  const all = [...main, ...(initContainers ?? [])];
  const accelerators = all.reduce((sum, one) => sum + acceleratorsOf(one.resources), 0);
  if (accelerators === 0) return null;
  const told = (key: string) => {
    const text = its.annotations?.[`${ANNOTATION}${key}`];
    return text === undefined ? {} : { [key]: text };
  };
  return parseRequest({
    job: jobName(uid, namespace, its),
    accelerators,
    tasks,
    seconds: deadline ?? activeDeadlineSeconds ?? null,
    ...told("activity"),
    ...told("run"),
    ...told("use"),
    ...told("accelerator"),
  });
}

/** Resources that are accelerators, by the names of their makers' plugins. */
const ACCELERATOR =
  /\/(?:gpu|tpu|npu|gaudi|neuron|neuroncore|neurondevice)$|^nvidia\.com\/(?:gpu\.shared|mig-)/;

function acceleratorsOf(its: z.infer<typeof podSpec>["containers"][number]["resources"]): number {
  const asked = { ...its?.requests, ...its?.limits };
  return Object.entries(asked).reduce((sum, [name, value]) => {
    if (!ACCELERATOR.test(name)) return sum;
    return sum + checked(resourceCount, value);
  }, 0);
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GateError(
    "malformed-request",
    `expected an AdmissionReview of a pod or a job, got ${describeIssues(parsed.error)}`,
  );
}

/** The answer to an AdmissionReview: allowed or not, with the sentence that whoever asked reads. */
export function admissionResponse(uid: string, decision: Decision | null): object {
  const allowed = decision === null || decision.decision === "allow";
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: {
      uid,
      allowed,
      ...(allowed ? {} : { status: { code: 403, message: decision.sentence } }),
      ...(allowed && decision !== null && decision.because !== "within-limits"
        ? { warnings: [decision.sentence.slice(0, 120)] }
        : {}),
    },
  };
}

/** The answer to an AdmissionReview that cannot be read: it is refused, so that a slip in an annotation lets nothing in. */
export function admissionRefusal(value: unknown, message: string): object | undefined {
  const uid = z.looseObject({ request: z.looseObject({ uid: z.string().min(1).max(100) }) });
  const parsed = uid.safeParse(value);
  if (!parsed.success) return undefined;
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: {
      uid: parsed.data.request.uid,
      allowed: false,
      status: { code: 400, message },
    },
  };
}
