import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { has, root, run } from "./run.mjs";
import { tell } from "./tell.mjs";

const runtimes = join(fileURLToPath(root), ".runtimes");
/** Versions of Node on which a verdict must be the same bytes: the oldest supported and the newest. */
const NODE_VERSIONS = ["20.19", "26"];

/** A browser, for the tests of the page. */
export async function browser() {
  if (await has("chromium")) return;
  await debian("chromium", ["chromium"], "the tests of the page will be skipped, loudly");
}

/** Go with its module for notes and tiles, for a client that nobody here wrote. */
export async function go() {
  if (
    (await has("go", ["version"])) &&
    existsSync("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
  )
    return;
  await debian(
    "Go",
    ["golang-go", "golang-golang-x-mod-dev"],
    "the Go client will be skipped, loudly",
  );
}

/** A sender of readings and a scheduler that nobody here wrote, for the monitor's conformance tests. */
export async function feeds() {
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
export async function nodes() {
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
