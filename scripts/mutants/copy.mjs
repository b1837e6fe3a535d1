// A copy of the project to spoil: its files, with links to what is installed and packages that link to each other.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../setup/run.mjs";

const project = fileURLToPath(root);
const OURS = "@standstill";

/** Copies what git knows or would take in, as it is now. @returns the copy's directory */
export async function copyProject() {
  const copy = await mkdtemp(join(tmpdir(), "standstill-mutants-"));
  for (const file of sourceFiles()) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(project, file), join(copy, file)).catch((error) => {
      // A file that was deleted and not yet committed is none of the project's any more.
      if (error.code !== "ENOENT") throw error;
    });
  }
  await linkInstalled(copy);
  return copy;
}

function sourceFiles() {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const told = execFileSync("git", list, { cwd: project, encoding: "utf8", maxBuffer: 1 << 26 });
  return told.split("\0").filter((file) => file !== "");
}

/** Everything installed is shared, but for our own packages: those have to be the copy's. */
async function linkInstalled(copy) {
  const installed = join(project, "node_modules");
  await mkdir(join(copy, "node_modules", OURS), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name === OURS || name === ".vite" || name === ".standstill") continue;
    await symlink(join(installed, name), join(copy, "node_modules", name));
  }
  for (const name of await readdir(join(copy, "packages"))) {
    await symlink(join(copy, "packages", name), join(copy, "node_modules", OURS, name));
    // Threads run what is compiled. No rule stands in it, and compiling each spoilt copy would take minutes.
    for (const shared of ["node_modules", "dist"]) {
      const own = join("packages", name, shared);
      if (existsSync(join(project, own))) await symlink(join(project, own), join(copy, own));
    }
  }
}
