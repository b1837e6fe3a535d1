import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { hasKubernetes, kubernetesPrograms } from "../../scripts/setup/kubernetes.mjs";
import { freePort } from "../../tests/support/program.ts";

const run = promisify(execFile);
const NODE = "node-1";
/** Who may ask, by the token that each sends. A node may only speak of its own pods. */
const TOKENS = { admin: "system:masters", [`system:node:${NODE}`]: "system:nodes" };

/** Whether a cluster can run here. */
export async function canRunKubernetes(): Promise<boolean> {
  const can = hasKubernetes() && process.platform === "linux";
  if (!can)
    console.warn(
      "SKIPPED: Kubernetes is not here, so none asked the gate; npm run test:long builds it where there is Go.",
    );
  return can;
}

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes are looked into by each test
  readonly body: any;
}

/** An API server of Kubernetes with its store and its controllers. It has no nodes that run anything: tests say what one would report. */
export class Cluster {
  readonly directory: string;
  readonly #port: number;
  readonly #authority: string;
  readonly #programs: ChildProcess[];

  private constructor(
    directory: string,
    port: number,
    authority: string,
    programs: ChildProcess[],
  ) {
    this.directory = directory;
    this.#port = port;
    this.#authority = authority;
    this.#programs = programs;
  }

  /** Starts a cluster in a folder of its own, with an authority that signs for `api` and `webhook`. */
  static async start(): Promise<Cluster> {
    const directory = await mkdtemp(join(tmpdir(), "kubernetes-"));
    const authority = await writeCertificates(directory);
    const [store, peers, api, controllers] = await Promise.all([0, 1, 2, 3].map(() => freePort()));
    const storeUrl = `http://127.0.0.1:${store}`;
    const peersUrl = `http://127.0.0.1:${peers}`;
    const programs = [
      launch(directory, "etcd", [
        ...["--data-dir", join(directory, "etcd"), "--unsafe-no-fsync"],
        ...["--listen-client-urls", storeUrl, "--advertise-client-urls", storeUrl],
        ...["--listen-peer-urls", peersUrl, "--initial-advertise-peer-urls", peersUrl],
        ...["--initial-cluster", `default=${peersUrl}`],
      ]),
      launch(directory, "kube-apiserver", [
        ...[`--etcd-servers=${storeUrl}`, "--bind-address=127.0.0.1", `--secure-port=${api}`],
        // An address that reaches nobody: without one it wants a network that is not this machine alone.
        ...["--advertise-address=10.99.0.1", "--endpoint-reconciler-type=none"],
        ...["--tls-cert-file=api.crt", "--tls-private-key-file=api.key"],
        ...["--client-ca-file=ca.crt", "--token-auth-file=tokens.csv"],
        ...["--authorization-mode=Node,RBAC", "--service-cluster-ip-range=10.99.1.0/24"],
        ...["--service-account-key-file=sa.pub", "--service-account-signing-key-file=sa.key"],
        "--service-account-issuer=https://kubernetes.default.svc",
      ]),
    ];
    const cluster = new Cluster(directory, Number(api), authority, programs);
    try {
      await cluster.#ready();
      const config = join(directory, "kubeconfig");
      await writeFile(config, kubeconfig(directory, Number(api)));
      cluster.#programs.push(
        launch(directory, "kube-controller-manager", [
          ...[`--kubeconfig=${config}`, "--leader-elect=false", "--bind-address=127.0.0.1"],
          ...[`--authentication-kubeconfig=${config}`, `--authorization-kubeconfig=${config}`],
          ...[`--secure-port=${controllers}`, "--service-account-private-key-file=sa.key"],
          ...["--root-ca-file=ca.crt", "--use-service-account-credentials=false"],
          "--controllers=job-controller,garbage-collector-controller,namespace-controller,serviceaccount-controller",
        ]),
      );
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Asks the API server as an administrator. */
  ask(method: string, path: string, body?: object | string): Promise<Answer> {
    return this.#ask("admin", method, path, body);
  }

  /** Asks as the node on which pods are bound. */
  askAsNode(method: string, path: string, body?: object): Promise<Answer> {
    return this.#ask(`system:node:${NODE}`, method, path, body);
  }

  /** Says that a pod runs on the node, as a scheduler does. */
  async bind(pods: string, name: string): Promise<void> {
    const { status, body } = await this.ask("POST", `${pods}/${name}/binding`, {
      apiVersion: "v1",
      kind: "Binding",
      metadata: { name },
      target: { apiVersion: "v1", kind: "Node", name: NODE },
    });
    if (status !== 201) throw new Error(`expected ${name} to be bound, got ${body.message}`);
  }

  async stop(): Promise<void> {
    for (const program of [...this.#programs].reverse()) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const gone = new Promise((resolve) => program.once("exit", resolve));
      program.kill("SIGKILL");
      await gone;
    }
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Resolves once it answers and a pod could be made; it tells why not after two minutes. */
  async #ready(): Promise<void> {
    const until = Date.now() + 120_000;
    for (;;) {
      const why = await this.ask("GET", "/readyz").then(
        ({ status }) => (status === 200 ? undefined : `status ${status}`),
        (error: unknown) => `${error}`,
      );
      if (why === undefined) return;
      if (Date.now() > until) {
        const log = await readFile(join(this.directory, "kube-apiserver.log"), "utf8");
        throw new Error(`expected an API server, got ${why}: ${log.slice(-2000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  #ask(user: string, method: string, path: string, body?: object | string): Promise<Answer> {
    // Text is YAML, as files that are deployed are.
    const kind = typeof body === "string" ? "application/yaml" : "application/json";
    const type = method === "PATCH" ? "application/merge-patch+json" : kind;
    const bytes = Buffer.from(typeof body === "string" ? body : body ? JSON.stringify(body) : "");
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: "127.0.0.1", port: this.#port, path, method, ca: this.#authority },
          headers: {
            authorization: `Bearer token-of-${user}`,
            ...{ "content-type": type, "content-length": bytes.length },
          },
        },
        (response) => {
          text(response).then((told) => {
            const isJson = response.headers["content-type"]?.includes("json") === true;
            resolve({
              status: response.statusCode ?? 0,
              body: isJson ? JSON.parse(told) : told,
            });
          }, reject);
        },
      );
      sent.on("error", reject);
      sent.end(bytes);
    });
  }
}

function launch(directory: string, name: string, args: readonly string[]): ChildProcess {
  const child = spawn(join(kubernetesPrograms, name), args, {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(join(directory, `${name}.log`));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return child;
}

/** An authority, certificates that it signed, keys of service accounts, and tokens. Returns the authority's certificate. */
async function writeCertificates(directory: string): Promise<string> {
  const openssl = (...args: string[]) => run("openssl", args, { cwd: directory });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = ["-subj", "/CN=test-authority", "-keyout", "ca.key", "-out", "ca.crt"];
  await openssl("req", "-x509", ...key, "-days", "2", ...authority);
  await writeFile(join(directory, "names"), "subjectAltName=IP:127.0.0.1,DNS:localhost");
  for (const name of ["api", "webhook"]) {
    const its = ["-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.csr`];
    await openssl("req", ...key, ...its);
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
    const to = ["-in", `${name}.csr`, "-days", "2", "-out", `${name}.crt`];
    await openssl("x509", "-req", ...by, ...to);
  }
  await openssl("genrsa", "-out", "sa.key", "2048");
  await openssl("rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub");
  const tokens = Object.entries(TOKENS).map(
    ([user, group], i) => `token-of-${user},${user},${i},"${group}"\n`,
  );
  await writeFile(join(directory, "tokens.csv"), tokens.join(""));
  return readFile(join(directory, "ca.crt"), "utf8");
}

function kubeconfig(directory: string, port: number): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "test",
        cluster: {
          server: `https://127.0.0.1:${port}`,
          "certificate-authority": join(directory, "ca.crt"),
        },
      },
    ],
    users: [{ name: "admin", user: { token: "token-of-admin" } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
    "current-context": "test",
  });
}
