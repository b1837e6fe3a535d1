import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { freePort, Program } from "../tests/support/program.ts";
import { standstill } from "../tests/support/standstill.ts";
import { Cluster, canRunKubernetes } from "./kubernetes/cluster.ts";

const PODS = "/api/v1/namespaces/train/pods";
const JOBS = "/apis/batch/v1/namespaces/train/jobs";
const HOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
const deployed = new URL("../deploy/kubernetes/gate-webhook.yaml", import.meta.url);
/** As nodes delete what is gone, and as `kubectl delete --force` does. */
const AT_ONCE = { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: 0 };
const within = { timeout: 60_000, interval: 250 };

/** A container that asks for accelerators as the maker's plugin counts them; none for 0. */
const container = (gpus: number) => ({
  name: "main",
  image: "invented.example/trainer",
  resources: gpus === 0 ? {} : { limits: { "nvidia.com/gpu": `${gpus}` } },
});
const pod = (metadata: object, gpus: number, more: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata,
  spec: { activeDeadlineSeconds: 60, containers: [container(gpus)], ...more },
});
const job = (name: string, parallelism: number, gpus: number, seconds: number) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name },
  spec: {
    parallelism,
    completions: parallelism,
    activeDeadlineSeconds: seconds,
    template: {
      spec: {
        activeDeadlineSeconds: seconds,
        restartPolicy: "Never",
        containers: [container(gpus)],
      },
    },
  },
});

describe.skipIf(!(await canRunKubernetes()))(
  "a real API server of Kubernetes asks the gate",
  () => {
    let cluster: Cluster;
    let gate: Program;
    let socket: string;

    const letIn = async (): Promise<string[]> => {
      const { stdout } = await standstill(["gate", "list", "--socket", socket, "--json"]);
      const { jobs } = JSON.parse(stdout);
      return jobs.map((one: { job: string }) => one.job).sort();
    };
    const create = (path: string, body: object) => cluster.ask("POST", path, body);

    beforeAll(async () => {
      cluster = await Cluster.start();
      socket = join(cluster.directory, "gate.sock");
      const port = await freePort();
      gate = new Program("gate", [
        ...[
          "gate",
          "serve",
          inject("exampleDirectory"),
          "--party",
          "aster",
          "--site",
          "aster/hall-1",
        ],
        ...["--ledger", join(cluster.directory, "gate.jsonl"), "--socket", socket],
        ...["--port", `${port}`, "--tls-cert", join(cluster.directory, "webhook.crt")],
        ...["--tls-key", join(cluster.directory, "webhook.key")],
      ]);
      await gate.start();
      const authority = await readFile(join(cluster.directory, "ca.crt"), "base64");
      // As it is deployed, but for the address: a service would need a network of pods.
      const hooks = (await readFile(deployed, "utf8"))
        .replace(/service: \{.*\}/g, `url: "https://127.0.0.1:${port}/admit"`)
        .replace(/caBundle: ""/g, `caBundle: ${authority}`);
      for (const name of ["train", "standstill"])
        await create("/api/v1/namespaces", {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: { name },
        });
      await create("/api/v1/nodes", {
        apiVersion: "v1",
        kind: "Node",
        metadata: { name: "node-1" },
      });
      expect(await cluster.ask("POST", HOOKS, hooks)).toMatchObject({ status: 201 });
      // It takes the API server and its controllers a moment to know of what they were told.
      const probe = pod({ name: "probe" }, 100_000);
      await vi.waitFor(async () => {
        expect((await create(`${PODS}?dryRun=All`, probe)).body.message).toContain("article-1");
      }, within);
    }, 240_000);
    afterAll(async () => {
      await gate?.end("SIGTERM");
      await cluster?.stop();
    }, 60_000);

    it("a pod over the limit is refused with the clause; one below it is held back; without accelerators nobody counts; a dry run holds nothing", async () => {
      const large = await create(PODS, pod({ name: "large" }, 100_000));
      expect(large).toMatchObject({
        status: 403,
        body: { message: expect.stringMatching(/gate\.standstill\.example.*article-1/s) },
      });
      expect((await create(PODS, pod({ name: "small" }, 0))).status).toBe(201);
      expect((await create(`${PODS}?dryRun=All`, pod({ name: "dry" }, 8))).status).toBe(201);
      expect(await letIn()).toEqual([]);
      expect((await create(PODS, pod({ name: "trainer" }, 8))).status).toBe(201);
      expect(await letIn()).toEqual(["kubernetes:train/trainer"]);
      await cluster.ask("DELETE", `${PODS}/trainer`);
      expect(await letIn()).toEqual([]);
    }, 60_000);

    it("a name that the API server makes is the one that is held back, and given back", async () => {
      const made = await create(PODS, pod({ generateName: "made-" }, 8));
      expect(made.status).toBe(201);
      const { name } = made.body.metadata;
      expect(await letIn()).toEqual([`kubernetes:train/${name}`]);
      await cluster.ask("DELETE", `${PODS}/${name}`);
      expect(await letIn()).toEqual([]);
    }, 60_000);

    it("a pod on a node that is deleted counts through its grace period, until its node deletes it for good", async () => {
      const graceful = { terminationGracePeriodSeconds: 600 };
      await create(PODS, pod({ name: "graceful" }, 8, graceful));
      await cluster.bind(PODS, "graceful");
      await cluster.ask("DELETE", `${PODS}/graceful`);
      expect(await letIn()).toEqual(["kubernetes:train/graceful"]);
      const { body } = await cluster.askAsNode("DELETE", `${PODS}/graceful`, {
        apiVersion: "v1",
        kind: "DeleteOptions",
        gracePeriodSeconds: 0,
      });
      expect(body).toMatchObject({ metadata: { name: "graceful" } });
      expect(await letIn()).toEqual([]);
    }, 60_000);

    it("a pod on a node whose deletion is forced counts on: nobody has said that its containers are gone", async () => {
      await create(PODS, pod({ name: "forced" }, 8));
      await cluster.bind(PODS, "forced");
      expect(await cluster.ask("DELETE", `${PODS}/forced`, AT_ONCE)).toMatchObject({ status: 200 });
      expect((await cluster.ask("GET", `${PODS}/forced`)).status).toBe(404);
      expect(await letIn()).toEqual(["kubernetes:train/forced"]);
      await standstill(["gate", "end", "kubernetes:train/forced", "--socket", socket]);
    }, 60_000);

    it("a pod that is done is given back when its node says so, before anybody deletes it", async () => {
      await create(PODS, pod({ name: "done" }, 8));
      await cluster.bind(PODS, "done");
      expect(await letIn()).toEqual(["kubernetes:train/done"]);
      const says = (phase: string) =>
        cluster.askAsNode("PATCH", `${PODS}/done/status`, { status: { phase } });
      expect((await says("Running")).status).toBe(200);
      expect(await letIn()).toEqual(["kubernetes:train/done"]);
      expect((await says("Succeeded")).status).toBe(200);
      expect(await letIn()).toEqual([]);
    }, 60_000);

    it("a job is refused as a whole; of one that may run, each pod that the job controller makes is held back until the job is deleted", async () => {
      const large = await create(JOBS, job("large", 200, 8, 864_000));
      expect(large).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining("article-") },
      });
      expect((await create(JOBS, job("two", 2, 4, 120))).status).toBe(201);
      await expect.poll(async () => (await letIn()).length, within).toBe(2);
      const { body } = await cluster.ask("GET", PODS);
      const pods = body.items
        .map((one: { metadata: { name: string } }) => `kubernetes:train/${one.metadata.name}`)
        .filter((name: string) => name.includes("/two-"));
      expect(await letIn()).toEqual(pods.sort());
      await cluster.ask("DELETE", `${JOBS}/two?propagationPolicy=Background`);
      await expect.poll(letIn, within).toEqual([]);
    }, 180_000);

    it("a job that grows after it was let in gets no pods beyond the limit", async () => {
      const growing = job("grows", 1, 1, 600);
      const spec = { ...growing.spec, completions: 500 };
      expect((await create(JOBS, { ...growing, spec })).status).toBe(201);
      await expect.poll(async () => (await letIn()).length, within).toBe(1);
      await cluster.ask("PATCH", `${JOBS}/grows`, { spec: { parallelism: 500 } });
      const events = async () => {
        const { body } = await cluster.ask("GET", "/api/v1/namespaces/train/events");
        return JSON.stringify(body.items);
      };
      await expect.poll(events, within).toMatch(/denied the request.*article-/s);
      expect((await letIn()).length).toBeLessThan(500);
      await cluster.ask("DELETE", `${JOBS}/grows?propagationPolicy=Background`);
      await expect.poll(letIn, within).toEqual([]);
    }, 240_000);

    it("a slip in an annotation is told and lets nothing in; an activity that is told counts", async () => {
      const odd = pod({ name: "odd", annotations: { "standstill/activity": "fun" } }, 8);
      expect(await create(PODS, odd)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("activity") },
      });
      const annotations = { "standstill/activity": "inference" };
      const serving = pod({ name: "serving", annotations }, 8, {
        activeDeadlineSeconds: undefined,
      });
      expect((await create(PODS, serving)).status).toBe(201);
      expect(await letIn()).toEqual(["kubernetes:train/serving"]);
      await cluster.ask("DELETE", `${PODS}/serving`);
    }, 60_000);

    it("while the gate is away, pods are refused as the configuration says, soon, but not those of the gate itself; what it held is held after", async () => {
      await create(PODS, pod({ name: "before" }, 8));
      await gate.end("SIGKILL");
      const began = Date.now();
      const refused = await create(PODS, pod({ name: "away" }, 8));
      expect(refused).toMatchObject({
        status: 500,
        body: { message: expect.stringContaining("failed calling webhook") },
      });
      expect(Date.now() - began).toBeLessThan(5000);
      const account = "/api/v1/namespaces/standstill/serviceaccounts/default";
      await expect.poll(async () => (await cluster.ask("GET", account)).status, within).toBe(200);
      const own = await create("/api/v1/namespaces/standstill/pods", pod({ name: "gate" }, 0));
      expect(own.status).toBe(201);
      await gate.start();
      expect(await letIn()).toEqual(["kubernetes:train/before"]);
      await expect
        .poll(async () => (await create(PODS, pod({ name: "after" }, 8))).status, within)
        .toBe(201);
    }, 120_000);
  },
);
