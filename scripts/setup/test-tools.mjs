import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKubernetes, hasKubernetes } from "./kubernetes.mjs";
import { has, root, run } from "./run.mjs";
import { tell } from "./tell.mjs";

const runtimes = join(fileURLToPath(root), ".runtimes");
/** Versions of Node on which a verdict must be the same bytes: the oldest supported and the newest. */
const NODE_VERSIONS = ["20.19", "26"];

/** What fetches each group of programs that lanes.mjs names, unless they are here. */
export const programs = { browser, feeds, nodes, go, python, kubernetes };

/** A browser, for the tests of the page. */
async function browser() {
  if (await has("chromium")) return;
  await debian("chromium", ["chromium"], "the tests of the page will be skipped, loudly");
}

/** Go, and the modules of clients that nobody here wrote, at the versions and hashes that go.sum names. */
async function go() {
  await goItself("clients in Go will be skipped, loudly");
  const cwd = new URL("conformance/go-client/", root);
  if ((await run("go", ["mod", "download"], { cwd, env: goEnvironment() })) !== 0)
    tell("  its modules could not be fetched: clients in Go will fail");
}

async function goItself(otherwise) {
  if (!(await has("go", ["version"]))) await debian("Go", ["golang-go"], otherwise);
}

/** The environment in which Go keeps what it fetches and builds below this project. */
export function goEnvironment() {
  const place = join(runtimes, "go");
  return {
    ...process.env,
    GOMODCACHE: join(place, "modules"),
    GOCACHE: join(place, "build"),
    GOFLAGS: "-modcacherw",
  };
}

/** Python in an environment of its own, with the libraries that conformance/python/requirements.txt names. */
async function python() {
  if (!(await has("python3", ["-c", "import venv, ensurepip"])))
    await debian(
      "Python",
      ["python3", "python3-venv"],
      "libraries in Python will be skipped, loudly",
    );
  const place = join(runtimes, "python");
  const requirements = join(fileURLToPath(root), "conformance", "python", "requirements.txt");
  const pip = ["-m", "pip", "install", "-q", "--require-hashes", "-r", requirements];
  const isThere = existsSync(pythonProgram) || (await run("python3", ["-m", "venv", place])) === 0;
  if (!isThere || (await run(pythonProgram, pip)) !== 0)
    tell("  its libraries could not be fetched: libraries in Python will be skipped, loudly");
}

/** Python with those libraries. */
export const pythonProgram = join(runtimes, "python", "bin", "python");

/** An API server of Kubernetes with its store and its controllers; nodes are played by the test. */
async function kubernetes() {
  if (hasKubernetes()) return;
  const otherwise = "no API server of Kubernetes will ask the gate, loudly";
  await goItself(otherwise);
  tell("… Building Kubernetes from Go modules (half an hour and ten gigabytes, once)");
  if (!(await has("go", ["version"])) || !(await buildKubernetes(goEnvironment())))
    tell(`  it could not be built: ${otherwise}`);
}

/** A sender of readings and a scheduler that nobody here wrote, for the monitor's conformance tests. */
async function feeds() {
  if (!(await has("prometheus"))) {
    await debian("Prometheus", ["prometheus"], "no real sender will write to a monitor, loudly");
  }
  if (!existsSync("/usr/sbin/slurmctld") || !existsSync("/usr/sbin/mariadbd")) {
    await debian(
      "Slurm",
      ["slurm-wlm", "slurmdbd", "munge", "mariadb-server"],
      "no real scheduler will be asked, loudly",
    );
  }
}

/** Other versions of Node from npm, each in a directory of its own. */
async function nodes() {
  for (const version of NODE_VERSIONS) {
    const name = `node-${process.platform}-${process.arch}`;
    const place = join(runtimes, version);
    if (existsSync(join(place, "node_modules", name, "bin", "node"))) continue;
    tell(`… Fetching Node ${version} for the test that verdicts are the same bytes everywhere`);
    const code = await run("npm", [
      "install",
      "--prefix",
      place,
      "--no-audit",
      "--no-fund",
      "--no-save",
      "--loglevel=error",
      `${name}@${version}`,
    ]);
    if (code !== 0)
      tell(`  Node ${version} could not be fetched: that test will be skipped, loudly`);
  }
}

async function debian(what, packages, otherwise) {
  if (process.getuid?.() !== 0 || !(await has("apt-get"))) {
    tell(`… ${what} is not here and cannot be installed: ${otherwise}`);
    return;
  }
  tell(`… Installing ${what} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  if ((await run("apt-get", install, { env })) === 0) return;
  await run("apt-get", ["update", "-qq"], { env });
  if ((await run("apt-get", install, { env })) !== 0)
    tell(`  it could not be installed: ${otherwise}`);
}
