import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, run } from "./run.mjs";
import { fail, tell } from "./tell.mjs";

const directory = fileURLToPath(root);
const stamps = join(directory, "node_modules", ".standstill");

/** Refuses a Node that is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    "Node 20.19 or newer",
    `Node ${process.versions.node}`,
    "Install a newer Node, then run the command again.",
  );
}

/** Installs what the lock file says, unless that is there already. */
export async function install() {
  const wanted = hashOf([join(directory, "package-lock.json")]);
  await once(
    "installed",
    wanted,
    "Installing packages (about 550 MB, most of it the telemetry engine)",
    async () => {
      // Not `npm ci`: it refuses a lock file that lacks optional packages of other systems, which not every registry has.
      const code = await run(npm(), [
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
      ]);
      if (code !== 0)
        fail(
          "npm install to succeed",
          `exit code ${code}`,
          "Read npm's words above; the registry must be reachable.",
        );
    },
  );
}

/** Compiles the packages and the page, unless nothing has changed since. */
export async function build() {
  const sources = [
    ...["package-lock.json", "tsconfig.base.json", "tsconfig.json", "docs/glossary.md"].map(
      (name) => join(directory, name),
    ),
    ...readdirSync(join(directory, "packages")).flatMap((name) =>
      filesBelow(join(directory, "packages", name)),
    ),
  ];
  await once("built", hashOf(sources), "Building the packages and the page", async () => {
    const code = await run(npm(), ["run", "--silent", "build"]);
    if (code !== 0)
      fail("the build to succeed", `exit code ${code}`, "Read the compiler's words above.");
  });
}

async function once(name, wanted, what, work) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  tell(`… ${what}`);
  const start = Date.now();
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
  tell(`  done in ${Math.round((Date.now() - start) / 1000)} s`);
}

function filesBelow(path) {
  if (/(?:node_modules|dist|dist-types|test)$/.test(path)) return [];
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
    : [path];
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}
