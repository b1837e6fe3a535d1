import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, run } from "./run.mjs";

/** The module whose go.mod and go.sum name the version and the hash of everything that is built. */
const module = new URL("conformance/kubernetes/", root);
const [, version = "", major = "", minor = ""] =
  /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/.exec(
    readFileSync(new URL("go.mod", module), "utf8"),
  ) ?? [];

/** Folder of the programs, by their version. */
export const kubernetesPrograms = join(fileURLToPath(root), ".runtimes", `kubernetes-${version}`);

/** Programs by the packages that they are built from. */
const SOURCES = {
  etcd: "go.etcd.io/etcd/server/v3",
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
};

/** Whether all programs of a cluster without nodes are here. */
export function hasKubernetes() {
  return Object.keys(SOURCES).every((name) => existsSync(join(kubernetesPrograms, name)));
}

/**
 * Builds the API server of Kubernetes, its controllers and its store from Go modules: Debian has no package of them, and go.sum holds every
 * byte of their source. Needs Go 1.21 or newer, which fetches the Go that go.mod asks for.
 *
 * @param {NodeJS.ProcessEnv} environment of Go
 * @returns {Promise<boolean>} whether all are there now
 */
export async function buildKubernetes(environment) {
  const env = { ...environment, GOFLAGS: "-modcacherw -mod=readonly -trimpath -buildvcs=false" };
  for (const [name, source] of Object.entries(SOURCES)) {
    const out = join(kubernetesPrograms, name);
    if (existsSync(out)) continue;
    const args = ["build", "-ldflags", linkerFlags(), "-o", out, source];
    if ((await run("go", args, { cwd: module, env })) !== 0) return false;
  }
  return true;
}

/** What Kubernetes' own build tells its programs of their version; without it they do not start. */
function linkerFlags() {
  const told = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const words = Object.entries(told).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ["-s", "-w", ...words].join(" ");
}
