import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, start } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

let directory: string;
let monitor: Serving | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-monitor-"));
  monitor = await start([
    ...["monitor", "--site", "aster/one", "--data", directory, "--port", "0", "--days", "9999"],
    ...["--keep", "99999"],
  ]);
});
afterAll(async () => {
  await monitor?.stop();
  await rm(directory, { recursive: true });
});

describe("a monitor and the commands beside it", () => {
  it("wrong input is told in words: another site, a broken map, a file that is none", async () => {
    const file = "data/azure/AzureLLMInferenceTrace_code.csv.gz";
    const map = join(directory, "map.yaml");
    await writeFile(map, "device: [unclosed");
    const numbers = join(directory, "numbers.yaml");
    await writeFile(numbers, "device: 7\n");
    const fake = join(directory, "fake.gz");
    await writeFile(fake, "not packed");
    const cases: [RegExp, string[]][] = [
      [
        /expected files for aster\/one/,
        ["--format", "inference-requests", "--data", directory, "--site", "dune/two", file],
      ],
      [/expected YAML in .*map.yaml/, ["--format", "activity-log", "--map", map, file]],
      [/expected a map from our names/, ["--format", "activity-log", "--map", numbers, file]],
      [/expected gzip/, ["--format", "nvidia-smi", fake]],
      [
        /expected a file that can be read/,
        ["--format", "redfish", join(directory, "missing.json")],
      ],
    ];
    for (const [words, args] of cases) {
      const { code, stderr } = await standstill(["import", ...args]);
      expect(stderr).toMatch(words);
      expect(code).toBe(2);
    }
  });

  it("a file that is imported into its directory is given to it, and it has the readings after a restart", async () => {
    const args = ["import", "--format", "inference-requests", "--json"];
    const file = "data/azure/AzureLLMInferenceTrace_code.csv.gz";
    const told = await standstill([...args, "--data", directory, "--site", "aster/one", file]);
    expect(told.stderr).toBe("");
    const [answer] = JSON.parse(told.stdout).files;
    expect(answer).toMatchObject({ rows: 8819, monitor: monitor?.url });
    const status = await (await fetch(`${monitor?.url}api/status`)).json();
    expect(status).toMatchObject({ acknowledged: answer.kept, series: 3 });
    await monitor?.stop();
    monitor = undefined;
    const alone = await standstill([...args, "--data", directory, "--site", "aster/one", file]);
    expect(JSON.parse(alone.stdout).files[0]).toMatchObject({ readings: answer.kept, kept: true });
  });

  it("a token that proves nothing is unverifiable, with the reason and an exit code", async () => {
    const bundle = join(directory, "bundle.json");
    const keys = join(directory, "jwks.json");
    await writeFile(bundle, JSON.stringify([["JWT", "a.b.c"], {}]));
    await writeFile(
      keys,
      JSON.stringify({ keys: [{ kty: "EC", crv: "P-384", x: "AA", y: "AA" }] }),
    );
    const told = await standstill(["attest", bundle, "--keys", keys, "--nonce", "ab".repeat(16)]);
    expect(told.stdout).toMatch(/^Unverifiable: expected/);
    expect(told.code).toBe(3);
  });
});
