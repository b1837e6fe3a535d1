import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

it("the README's lines do what they say, as a stranger would run them", async () => {
  const readme = await readFile(join(folder, "README.md"), "utf8");
  const [first, second] = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  await mkdir(join(folder, "node_modules", ".readme"), { recursive: true });
  const directory = await mkdtemp(join(folder, "node_modules", ".readme", "run-"));
  try {
    await writeFile(
      join(directory, "stranger.mjs"),
      `${first}\n${second}\nconsole.log("it is in");`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ["stranger.mjs"], {
      cwd: directory,
    });
    expect(stdout).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n\nlog\.example\/mine\n1\n/);
    expect(stdout).toContain("it is in");
  } finally {
    await rm(directory, { recursive: true });
  }
});
