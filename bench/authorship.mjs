// Authorship of a made-up history beside git log --numstat alone, and the memory it takes.
// node bench/authorship.mjs [commits]
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const commits = Number(process.argv[2] ?? 100_000);
const program = fileURLToPath(new URL("../packages/cli/bin/standstill.js", import.meta.url));
const path = mkdtempSync(join(tmpdir(), "authorship-"));
try {
  await write();
  const args = ["-C", path, "log", "-z", "--numstat", "-M", "--format=%H%x00%B"];
  const [git, ours] = [[], []];
  let memory = 0;
  for (let i = 0; i < 3; i++) {
    git.push(
      timed(() =>
        spawnSync("git", args, { maxBuffer: 1 << 30, stdio: ["ignore", "ignore", "inherit"] }),
      ),
    );
    ours.push(
      timed(() => {
        const done = spawnSync(
          "/usr/bin/env",
          [
            "bash",
            "-c",
            'node "$1" indicators authorship --repo "$2" --no-surviving --json >/dev/null & wait $!; grep -h VmHWM /proc/self/status',
            "bash",
            program,
            path,
          ],
          { encoding: "utf8" },
        );
        if (done.status !== 0) throw new Error(done.stderr);
      }),
    );
  }
  memory = await peakMemory();
  const [a, b] = [git, ours].map((times) => times.sort((x, y) => x - y)[1]);
  console.log(
    `${commits} commits: git log --numstat ${(a / 1000).toFixed(1)} s; with who wrote them ${(b / 1000).toFixed(1)} s, ${(b / a).toFixed(2)} times as long (1.20 asked for); ${memory} MiB at most`,
  );
} finally {
  rmSync(path, { recursive: true });
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Most memory that the command held at once. */
function peakMemory() {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [program, "indicators", "authorship", "--repo", path, "--no-surviving", "--json"],
      { stdio: "ignore" },
    );
    let most = 0;
    const timer = setInterval(() => {
      const { stdout } = spawnSync("grep", ["VmHWM", `/proc/${child.pid}/status`], {
        encoding: "utf8",
      });
      most = Math.max(most, Number(/\d+/.exec(stdout ?? "")?.[0] ?? 0));
    }, 100);
    child.once("error", reject);
    child.once("close", () => {
      clearInterval(timer);
      resolve(Math.round(most / 1024));
    });
  });
}

/** A history of files that grow, every third commit an AI's. */
function write() {
  return new Promise((resolve, reject) => {
    spawnSync("git", ["init", "-q", "-b", "main", path]);
    const git = spawn("git", ["-C", path, "fast-import", "--quiet"], {
      stdio: ["pipe", "inherit", "inherit"],
    });
    git.once("error", reject);
    git.once("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`git ended with ${status}`)),
    );
    let text = "";
    for (let i = 0; i < commits; i++) {
      const message = `Change ${i}${i % 3 === 0 ? "\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n" : "\n"}`;
      const body = Array.from({ length: 20 }, (_, k) => `line ${i + k}\n`).join("");
      text += `commit refs/heads/main\nauthor Ada <ada@example.org> ${1_600_000_000 + i * 600} +0000\ncommitter Ada <ada@example.org> ${1_600_000_000 + i * 600} +0000\ndata ${message.length}\n${message}\nM 100644 inline src/file-${i % 500}.ts\ndata ${body.length}\n${body}\n`;
      if (text.length > 1 << 20) {
        git.stdin.write(text);
        text = "";
      }
    }
    git.stdin.end(text);
  });
}
