import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { canonicalJson, parseCanonicalJson, textOf } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonProgram } from "../scripts/setup/test-tools.mjs";
import { scaled } from "../tests/support/scale.ts";

const script = fileURLToPath(new URL("python/canonical.py", import.meta.url));
const hasPython = existsSync(pythonProgram);
if (!hasPython)
  console.warn(
    "SKIPPED: rfc8785 from PyPI is not here, so no outside library wrote canonical JSON.",
  );

/** Each value as rfc8785 writes it, after it was sent as JavaScript writes it. */
async function written(values: readonly unknown[]): Promise<readonly Uint8Array[]> {
  const python = spawn(pythonProgram, [script], { stdio: ["pipe", "pipe", "inherit"] });
  python.stdin.end(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
  const bytes = await buffer(python.stdout);
  const lines: Uint8Array[] = [];
  for (let from = 0, end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return lines;
}

describe.skipIf(!hasPython)("canonical JSON is what Trail of Bits' rfc8785 writes", () => {
  it("for any value of JSON, in keys and texts of any characters", async () => {
    const values = fc.sample(
      fc
        .jsonValue({ stringUnit: "binary", maxDepth: 5 })
        // We refuse this key by name; Python knows nothing of it.
        .filter((value) => !JSON.stringify(value).includes("__proto__")),
      scaled(3000),
    );
    const theirs = await written(values);
    expect(theirs.length).toBe(values.length);
    for (const [i, bytes] of theirs.entries()) {
      expect(textOf(bytes)).toBe(canonicalJson(values[i]));
      expect(parseCanonicalJson(bytes)).toEqual(JSON.parse(JSON.stringify(values[i])));
    }
  });

  it("for doubles of every size, in the spelling of numbers", async () => {
    const bits = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    const numbers = fc
      .sample(bits, scaled(20_000))
      .map((one) => new Float64Array(new BigUint64Array([one]).buffer)[0] as number)
      .filter(Number.isFinite);
    const theirs = await written(numbers);
    expect(theirs.map(textOf)).toEqual(numbers.map(canonicalJson));
  });
});
