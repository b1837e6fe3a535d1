import {
  admissionResponse,
  decide,
  GateError,
  Ledger,
  parseAdmissionReview,
} from "@standstill/gate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, rulesWith } from "./rules.ts";

const review = (kind: object, object: object, more: object = {}) => ({
  apiVersion: "admission.k8s.io/v1",
  kind: "AdmissionReview",
  request: {
    uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
    operation: "CREATE",
    namespace: "train",
    kind,
    object,
    ...more,
  },
});
const POD = { group: "", version: "v1", kind: "Pod" };
const JOB = { group: "batch", version: "v1", kind: "Job" };
const container = (limits: object) => ({ name: "c", image: "i", resources: { limits } });
const pod = (limits: object, annotations: object = {}, more: object = {}) => ({
  metadata: { name: "trainer-0", annotations },
  spec: { containers: [container(limits)], ...more },
});

describe("AdmissionReview of Kubernetes (admission.k8s.io/v1)", () => {
  it("a pod's accelerators, time and annotations are read", () => {
    const annotations = { "standstill/run": "big", "standstill/activity": "training", other: "x" };
    const asked = pod({ "nvidia.com/gpu": "8", cpu: "4" }, annotations, {
      activeDeadlineSeconds: 600,
    });
    expect(parseAdmissionReview(review(POD, asked))).toEqual({
      uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
      isStart: true,
      ended: null,
      request: {
        job: "kubernetes:train/trainer-0",
        accelerators: 8,
        tasks: 1,
        seconds: 600,
        activity: "training",
        run: "big",
      },
    });
  });

  it("a batch job counts its parallel pods, and a pod without a name its uid", () => {
    const template = {
      metadata: { annotations: { "standstill/activity": "inference" } },
      spec: { containers: [container({ "amd.com/gpu": 4 }), container({ "amd.com/gpu": 2 })] },
    };
    const asked = { metadata: { generateName: "serve-" }, spec: { parallelism: 3, template } };
    expect(parseAdmissionReview(review(JOB, asked)).request).toMatchObject({
      accelerators: 6,
      tasks: 3,
      seconds: null,
      activity: "inference",
      job: "kubernetes:train/serve-705ab4f5-6393-11e8-b7cc-42010a800002",
    });
  });

  it("a dry run starts nothing, nor does a job whose pods are asked about; a deleted pod has ended", () => {
    const gpus = pod({ "nvidia.com/gpu": 8 });
    expect(parseAdmissionReview(review(POD, gpus, { dryRun: true })).isStart).toBe(false);
    const asked = { metadata: {}, spec: { template: gpus } };
    expect(parseAdmissionReview(review(JOB, asked))).toMatchObject({ isStart: false });
    const gone = review(POD, gpus, { operation: "DELETE", oldObject: gpus });
    expect(parseAdmissionReview(gone).ended).toBe("kubernetes:train/trainer-0");
  });

  it("a pod has ended when nothing of it runs: not while its grace period lasts, and not in a dry run", () => {
    const gpus = pod({ "nvidia.com/gpu": 8 });
    const running = {
      ...gpus,
      spec: { ...gpus.spec, nodeName: "node-01", terminationGracePeriodSeconds: 31_536_000 },
      status: { phase: "Running" },
    };
    const done = { ...running, status: { phase: "Succeeded" } };
    const deleted = (oldObject: object, more: object = {}) =>
      parseAdmissionReview(review(POD, gpus, { operation: "DELETE", oldObject, ...more })).ended;
    const told = (object: object, more: object = {}) =>
      parseAdmissionReview(
        review(POD, object, { operation: "UPDATE", subResource: "status", ...more }),
      ).ended;
    const its = "kubernetes:train/trainer-0";
    expect(deleted(running)).toBeNull();
    expect(deleted(running, { options: { gracePeriodSeconds: 30 } })).toBeNull();
    // The node itself deletes it like this once its containers are gone.
    const forGood = { options: { gracePeriodSeconds: 0 } };
    expect(deleted(running, { ...forGood, userInfo: { username: "system:node:n1" } })).toBe(its);
    // Anybody may force a deletion; the containers are then still there.
    expect(deleted(running, { ...forGood, userInfo: { username: "alice" } })).toBeNull();
    expect(deleted(running, forGood)).toBeNull();
    expect(deleted(done)).toBe(its);
    expect(deleted(gpus, { dryRun: true })).toBeNull();
    expect(told(running)).toBeNull();
    expect(told(done)).toBe(its);
    expect(told({ ...running, status: { phase: "Failed" } })).toBe(its);
    expect(told(done, { dryRun: true })).toBeNull();
    // Nor does another word on a part of it ask anew.
    const resized = review(POD, running, { operation: "UPDATE", subResource: "resize" });
    expect(parseAdmissionReview(resized)).toMatchObject({ request: null, ended: null });
  });

  it("accelerators of other makers, shares of one, and containers that run before count too", () => {
    const asked = pod(
      { "google.com/tpu": 4, "nvidia.com/mig-1g.5gb": "2" },
      {},
      {
        initContainers: [container({ "habana.ai/gaudi": 8 })],
      },
    );
    expect(parseAdmissionReview(review(POD, asked)).request?.accelerators).toBe(14);
  });

  it.each([
    ["2k", 2000],
    ["3M", 3_000_000],
    ["2Ki", 2048],
    ["12e3", 12_000],
  ])("%s accelerators are %i, as the API server writes what is round", (told, accelerators) => {
    const asked = parseAdmissionReview(review(POD, pod({ "nvidia.com/gpu": told })));
    expect(asked.request).toMatchObject({ accelerators });
  });

  it.each(["2K", "1.5k", "500m", "-1", "1e", "k", ""])("%j is no count of devices", (told) => {
    expect(() => parseAdmissionReview(review(POD, pod({ "nvidia.com/gpu": told })))).toThrow(
      GateError,
    );
  });

  it("what asks for no accelerators, or is deleted, or is another kind, is not asked about", () => {
    expect(parseAdmissionReview(review(POD, pod({ cpu: "4" }))).request).toBeNull();
    const gone = review(POD, pod({ "nvidia.com/gpu": 8 }), { operation: "DELETE" });
    expect(parseAdmissionReview(gone).request).toBeNull();
    const other = review({ group: "apps", kind: "Deployment" }, { spec: {} });
    expect(parseAdmissionReview(other).request).toBeNull();
  });

  it("the answer carries the uid, and the clause that refuses", () => {
    const asked = parseAdmissionReview(
      review(POD, pod({ "nvidia.com/gpu": 1024 }, { "standstill/run": "big" })),
    );
    if (asked.request === null) throw new Error("expected a request");
    const decision = decide(rulesWith(), new Ledger(), asked.request, NOW);
    expect(admissionResponse(asked.uid, decision)).toMatchObject({
      kind: "AdmissionReview",
      response: {
        uid: asked.uid,
        allowed: false,
        status: { code: 403, message: expect.stringContaining("article-1") },
      },
    });
    expect(admissionResponse(asked.uid, null)).toMatchObject({ response: { allowed: true } });
  });

  it("garbage ends in a code", () => {
    const anything = fc.anything();
    fc.assert(
      fc.property(anything, anything, fc.constantFrom(POD, JOB), (object, more, kind) => {
        for (const value of [
          object,
          review(kind, object as object),
          review(kind, { metadata: more, spec: object } as object),
          review(kind, pod({ "nvidia.com/gpu": object }, { "standstill/run": more } as object)),
        ]) {
          try {
            parseAdmissionReview(value);
          } catch (error) {
            expect(error).toBeInstanceOf(GateError);
          }
        }
      }),
    );
  });
});
