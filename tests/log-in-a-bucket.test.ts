import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imitateBucket } from "../packages/record/test/bucket.ts";
import { serve } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

let directory: string;
let bucket: Awaited<ReturnType<typeof imitateBucket>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-bucket-"));
  bucket = await imitateBucket();
  process.env.AWS_ACCESS_KEY_ID = "test";
  process.env.AWS_SECRET_ACCESS_KEY = "not a secret";
});
afterAll(async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await bucket.close();
  await rm(directory, { recursive: true });
});

describe("a keeper whose log lies in a bucket", () => {
  it("keeps nothing of the log on its own disk, and shows a record that verifies", async () => {
    const keeper = await serve(directory, "--bucket", bucket.url);
    try {
      expect(await readdir(directory)).not.toContain("record");
      expect([...bucket.objects.keys()].some((key) => key.endsWith("record/checkpoint"))).toBe(
        true,
      );
      const { stdout } = await standstill(["audit", keeper.url, "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: "verified", size: 45 });
      expect((await fetch(`${keeper.url}record/..%2fstate/writer`)).status).toBe(404);
      expect((await fetch(`${keeper.url}record/state/writer`)).status).toBe(404);
    } finally {
      await keeper.stop();
    }
  });

  it("goes on where it was after a restart", async () => {
    const again = await standstill([
      ...["up", "--once", "--json", "--data", directory, "--bucket", bucket.url],
    ]);
    expect(JSON.parse(again.stdout).record.size).toBe(45);
  });

  it("says what is missing without a key to the bucket", async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    const refused = await standstill(["up", "--once", "--data", directory, "--bucket", bucket.url]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("AWS_ACCESS_KEY_ID");
    process.env.AWS_ACCESS_KEY_ID = "test";
  });
});
