import { execFileSync } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request as ask } from "node:https";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directorySource } from "@standstill/record/files";
import {
  createGateSocket,
  createGateWebhook,
  FollowedRecord,
  Gate,
  LedgerFile,
} from "@standstill/server";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { standstill } from "./support/standstill.ts";

const example = inject("exampleDirectory");
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-gate-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function gateAt(ledgerPath: string, now = () => Date.now()) {
  const record = new FollowedRecord(directorySource(join(example, "record")), undefined);
  await record.refresh();
  const ledger = await LedgerFile.open(ledgerPath);
  const gate = new Gate({ record, ledger, now, party: "aster", site: "aster/hall" });
  return { gate, ledger };
}
const small = { accelerators: 8, seconds: 60 };

describe("standstill gate check", () => {
  it("exit code 0 for a job that may run, 8 with the clause for one that may not", async () => {
    const job = ["gate", "check", example, "--party", "aster"];
    const may = await standstill([...job, "--accelerators", "8", "--seconds", "60"]);
    expect([may.code, may.stdout]).toEqual([0, expect.stringContaining("It may run.")]);
    const not = await standstill([...job, "--accelerators", "512", "--hours", "72", "--json"]);
    expect(not.code).toBe(8);
    expect(JSON.parse(not.stdout)).toMatchObject({
      decision: "refuse",
      mode: "cap",
      atMost: "1.57e23 FLOP",
      objections: [{ clause: "article-1" }, { clause: "article-2" }],
    });
  });

  it.each([
    [
      "a party that is none",
      ["--party", "zephyr", "--accelerators", "1"],
      "Give --party with one of",
    ],
    ["no accelerators", ["--party", "aster"], "--accelerators"],
    [
      "a job with an odd name",
      ["--party", "aster", "--accelerators", "1", "--job", "a b"],
      "expected a job",
    ],
  ])("%s is exit code 2", async (_name, args, told) => {
    const result = await standstill(["gate", "check", example, ...args]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(told);
  });

  it("a ledger or a report in a folder that is not there is told in words", async () => {
    const gate = ["gate", "serve", example, "--party", "aster", "--site", "aster/hall"];
    const ledger = ["--ledger", join(directory, "none", "l"), "--socket", join(directory, "s")];
    const told = await standstill([...gate, ...ledger]);
    expect([told.code, told.stderr]).toEqual([2, expect.stringContaining("nothing there")]);
    const drill = await standstill(["drill", "--out", join(directory, "none", "drill.md")]);
    expect([drill.code, drill.stderr]).toEqual([2, expect.stringContaining("nothing there")]);
  });

  it("a gate that is not there is told in words", async () => {
    const result = await standstill(["gate", "list", "--socket", join(directory, "none.sock")]);
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringContaining("somebody who listens at"),
    ]);
  });
});

describe("a gate", () => {
  it("has on disk what it lets in before it tells, and holds the same after a restart, whatever line was cut", async () => {
    const path = join(directory, "ledger.jsonl");
    const first = await gateAt(path);
    for (const job of ["a", "b"])
      expect(await first.gate.answer({ op: "start", job, ...small })).toMatchObject({
        decision: "allow",
      });
    await first.gate.answer({ op: "end", job: "a" });
    await first.ledger.close();
    await appendFile(path, '{"kind":"reserve","at":1');
    const second = await gateAt(path);
    expect(second.gate.list().map(({ job }) => job)).toEqual(["b"]);
    await second.ledger.close();
    expect((await readFile(path, "utf8")).endsWith("}\n")).toBe(true);
    const third = await LedgerFile.open(path);
    await expect(LedgerFile.open(path)).rejects.toMatchObject({ code: "store-locked" });
    await third.close();
    const broken = join(directory, "broken.jsonl");
    await writeFile(broken, "nonsense\n");
    await expect(LedgerFile.open(broken)).rejects.toMatchObject({ code: "malformed-ledger" });
  });

  it("ends jobs whose time limit has passed, and asks those with a lease to stop", async () => {
    let now = Date.now();
    const { gate, ledger } = await gateAt(join(directory, "over.jsonl"), () => now);
    await gate.answer({ op: "start", job: "limited", ...small });
    await gate.answer({
      op: "start",
      job: "leased",
      ...small,
      accelerators: 1,
      seconds: null,
      activity: "inference",
    });
    now += 25 * 3_600_000;
    await gate.refresh();
    expect(gate.list().map(({ job }) => job)).toEqual(["leased"]);
    expect(await gate.answer({ op: "stop" })).toMatchObject({
      stop: [{ job: "leased", isOver: true }],
    });
    await ledger.close();
  });

  it("takes a scheduler's word on what runs: leases go on or do not, missed ends are made up for, strangers are named", async () => {
    let now = Date.now();
    const { gate, ledger } = await gateAt(join(directory, "running.jsonl"), () => now);
    const lease = { accelerators: 1, seconds: null };
    const start = (job: string, more: object) =>
      gate.answer({ op: "start", job, ...lease, ...more });
    const running = (...jobs: string[]) => gate.answer({ op: "running", scheduler: "slurm", jobs });
    await start("slurm:serving", { activity: "inference" });
    await start("slurm:gone", { activity: "inference" });
    await start("kubernetes:other/pod", { activity: "inference" });
    expect(await running("slurm:serving", "slurm:stranger")).toEqual({
      ended: [],
      renewed: [],
      refused: [],
      unknown: ["slurm:stranger"],
    });
    now += 20 * 3_600_000;
    expect(await running("slurm:serving")).toEqual({
      ended: ["slurm:gone"],
      renewed: ["slurm:serving"],
      refused: [],
      unknown: [],
    });
    expect(await running("slurm:serving")).toMatchObject({ renewed: [], refused: [] });
    for (const _ of [1, 2]) {
      now += 20 * 3_600_000;
      expect(await running("slurm:serving")).toMatchObject({ renewed: ["slurm:serving"] });
    }
    // Nobody has marked the record for four days: what binds now is not known, and the agreement says to refuse then.
    now += 20 * 3_600_000;
    expect(await running("slurm:serving")).toMatchObject({
      refused: [{ job: "slurm:serving", sentence: expect.stringContaining("refuse") }],
    });
    expect(gate.list().map(({ job }) => job)).toEqual(["kubernetes:other/pod", "slurm:serving"]);
    now += 5 * 3_600_000;
    expect(await gate.answer({ op: "stop" })).toMatchObject({
      stop: [{ job: "slurm:serving", isOver: true }, { job: "kubernetes:other/pod" }],
    });
    for (const odd of [{ scheduler: "slurm", jobs: ["kubernetes:x"] }, { scheduler: "slurm" }])
      await expect(gate.answer({ op: "running", ...odd })).rejects.toMatchObject({
        code: "malformed-request",
      });
    await ledger.close();
  });

  it("keeps its rules where the record cannot be read, and says so", async () => {
    let isGone = false;
    const whole = directorySource(join(example, "record"));
    const source = {
      ...whole,
      list: () => whole.list(),
      read: async (path: string) => {
        if (isGone) throw new Error("the disk is gone");
        return whole.read(path);
      },
    };
    const record = new FollowedRecord(source, undefined);
    await record.refresh();
    const ledger = await LedgerFile.open(join(directory, "kept.jsonl"));
    const gate = new Gate({
      record,
      ledger,
      now: () => Date.now(),
      party: "aster",
      site: "x",
    });
    isGone = true;
    await gate.refresh();
    expect([gate.failure, gate.rules.mode]).toEqual(["the disk is gone", "cap"]);
    isGone = false;
    await gate.refresh();
    expect(gate.failure).toBeUndefined();
    await ledger.close();
  });

  it("answers line by line over its socket; garbage gets a code, a flood is cut off", async () => {
    const { gate, ledger } = await gateAt(join(directory, "socket.jsonl"));
    const path = join(directory, "gate.sock");
    const server = createGateSocket(gate).listen(path);
    const said = (text: string) =>
      new Promise<string>((resolve) => {
        let all = "";
        const socket = createConnection(path, () => socket.write(text));
        socket.on("data", (part) => {
          all += part;
          if (all.split("\n").length > text.split("\n").length - 1) socket.end();
        });
        socket.on("error", () => resolve(all));
        socket.on("close", () => resolve(all));
      });
    const lines = [
      { op: "check", job: "a", ...small },
      { op: "dance" },
      [1],
      { op: "start", job: 7 },
    ];
    const answers = (
      await said(`${lines.map((line) => JSON.stringify(line)).join("\n")}\nnot json\n`)
    )
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { decision?: string; error?: string });
    expect(answers.map(({ decision, error }) => decision ?? error)).toEqual([
      "allow",
      ...Array(4).fill("malformed-request"),
    ]);
    expect(await said("x".repeat(1_100_000))).toContain("expected at most");
    await new Promise((resolve) => server.close(resolve));
    await ledger.close();
  });
});

describe("the webhook of Kubernetes", () => {
  it("answers an AdmissionReview over TLS: held back on creation, given back on deletion, garbage is 400", async () => {
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(directory, name)) as [
      string,
      string,
    ];
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-subj", "/CN=localhost", "-days", "2", "-keyout", key, "-out", cert],
      ],
      { stdio: "ignore" },
    );
    const tls = { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
    const { gate, ledger } = await gateAt(join(directory, "webhook.jsonl"));
    const server = createGateWebhook(gate, tls);
    await server.listen({ port: 0, host: "127.0.0.1" });
    const { port } = server.server.address() as { port: number };
    const post = (body: unknown) =>
      new Promise<{ status: number; body: Record<string, never> }>((resolve, reject) => {
        const sent = ask(
          {
            host: "127.0.0.1",
            port,
            path: "/admit",
            method: "POST",
            ca: tls.cert,
            servername: "localhost",
            headers: { "content-type": "application/json" },
          },
          (response) => {
            let text = "";
            response.on("data", (part) => {
              text += part;
            });
            response.on("end", () =>
              resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }),
            );
          },
        );
        sent.on("error", reject);
        sent.end(typeof body === "string" ? body : JSON.stringify(body));
      });
    const pod = (gpus: number) => ({
      metadata: { name: "trainer" },
      spec: {
        activeDeadlineSeconds: 60,
        containers: [{ resources: { limits: { "nvidia.com/gpu": gpus } } }],
      },
    });
    const review = (object: object, more: object = {}) => ({
      apiVersion: "admission.k8s.io/v1",
      kind: "AdmissionReview",
      request: {
        uid: "u1",
        kind: { group: "", kind: "Pod" },
        operation: "CREATE",
        namespace: "train",
        object,
        ...more,
      },
    });
    expect((await post(review(pod(8), { dryRun: true }))).body).toMatchObject({
      response: { uid: "u1", allowed: true },
    });
    expect(gate.list()).toEqual([]);
    await post(review(pod(8)));
    expect(gate.list().map(({ job }) => job)).toEqual(["kubernetes:train/trainer"]);
    expect((await post(review(pod(100_000)))).body).toMatchObject({
      response: {
        allowed: false,
        status: { code: 403, message: expect.stringContaining("article-1") },
      },
    });
    await post(review(pod(8), { operation: "DELETE", oldObject: pod(8) }));
    expect(gate.list()).toEqual([]);
    const odd = {
      ...pod(8),
      metadata: { name: "x", annotations: { "standstill/activity": "fun" } },
    };
    expect((await post(review(odd))).body).toMatchObject({
      response: { uid: "u1", allowed: false, status: { code: 400 } },
    });
    for (const garbage of ["{", "[]", { kind: "AdmissionReview" }])
      expect((await post(garbage)).status).toBe(400);
    await server.close();
    await ledger.close();
  });
});
