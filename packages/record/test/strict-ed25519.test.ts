import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ed25519 } from "@noble/curves/ed25519.js";
import {
  checkPublicKey,
  fromHex,
  generateSigningKey,
  sign,
  signingKey,
  toHex,
  utf8,
  verify,
  verifyAllAside,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as browser from "../src/primitives/browser.ts";
import * as node from "../src/primitives/node.ts";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

/** The eight points of small order, from one generator of the torsion subgroup. */
const torsion = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
const smallOrder = Array.from({ length: 8 }, (_, i) =>
  i === 0 ? Point.ZERO : torsion.multiplyUnsafe(BigInt(i)),
);

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

describe("RFC 8032, section 7.1", () => {
  it.each([
    [
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
  ])("seed %s", (seed, message, signature) => {
    const key = signingKey(fromHex(seed));
    expect(toHex(sign(key, fromHex(message)))).toBe(signature);
    expect(verify(key.publicKey, fromHex(message), fromHex(signature))).toBe(true);
  });
});

describe("signatures on which libraries disagree are refused, on Node and in the browser", () => {
  const key = generateSigningKey();
  const message = utf8("message");
  const good = sign(key, message);

  it("both primitives agree with each other on good and bad signatures", () => {
    const bent = good.slice();
    bent[40] = (bent[40] as number) ^ 1;
    for (const [signature, valid] of [
      [good, true],
      [bent, false],
    ] as const) {
      expect(node.verifyUnchecked(key.publicKey, message, signature)).toBe(valid);
      expect(browser.verifyUnchecked(key.publicKey, message, signature)).toBe(valid);
    }
    expect(toHex(browser.publicKeyOfSeed(key.seed))).toBe(toHex(node.publicKeyOfSeed(key.seed)));
    expect(toHex(browser.signWithSeed(key.seed, message))).toBe(toHex(good));
  });

  it("every key of small order is refused, though one signature passes for every message", () => {
    const forAll = new Uint8Array(64);
    forAll.set(Point.BASE.multiply(7n).toBytes());
    forAll.set(littleEndian(7n), 32);
    expect(node.verifyUnchecked(Point.ZERO.toBytes(), utf8("anything"), forAll)).toBe(true);
    for (const point of smallOrder) {
      expect(() => checkPublicKey(point.toBytes())).toThrow(/small order/);
      expect(verify(point.toBytes(), message, forAll)).toBe(false);
    }
  });

  it("S of the group order or more is refused", () => {
    const s = BigInt(`0x${toHex(good.slice(32).reverse())}`);
    const larger = good.slice();
    larger.set(littleEndian(s + ORDER), 32);
    expect(verify(key.publicKey, message, larger)).toBe(false);
  });

  it("y of the field prime or more is refused as a key", () => {
    const y = (1n << 255n) - 19n + 1n;
    expect(() => checkPublicKey(littleEndian(y))).toThrow(/canonical/);
  });

  it("a key or an R with a small-order part is judged alike by both primitives", () => {
    const seed = signingKey(new Uint8Array(32).fill(3));
    for (const part of smallOrder) {
      const mixed = Point.fromBytes(seed.publicKey).add(part).toBytes();
      const bentR = sign(seed, message).slice();
      bentR.set(Point.fromBytes(bentR.slice(0, 32)).add(part).toBytes());
      for (let i = 0; i < 16; i++) {
        const text = utf8(`message ${i}`);
        const plain = sign(seed, text);
        expect(browser.verifyUnchecked(mixed, text, plain)).toBe(
          node.verifyUnchecked(mixed, text, plain),
        );
        expect(browser.verifyUnchecked(seed.publicKey, text, bentR)).toBe(
          node.verifyUnchecked(seed.publicKey, text, bentR),
        );
      }
    }
  });

  it("bytes that are no point, and wrong lengths, do not verify and do not throw", () => {
    expect(verify(new Uint8Array(32).fill(0x11), message, good)).toBe(false);
    expect(verify(new Uint8Array(31), message, good)).toBe(false);
    expect(verify(key.publicKey, message, new Uint8Array(63))).toBe(false);
  });
});

describe("many signatures at once, on all processors", () => {
  const keys = Array.from({ length: 3 }, generateSigningKey);
  const noPoint = { ...generateSigningKey(), publicKey: littleEndian(2n) };

  it("each gets the answer that it gets alone, in its place, however many there are", async () => {
    const check = fc
      .record({
        key: fc.constantFrom(...keys, noPoint),
        message: fc.uint8Array({ maxLength: 200 }),
        bent: fc.option(fc.nat(63), { freq: 3 }),
      })
      .map(({ key, message, bent }) => {
        const signature = sign(key, message);
        if (bent !== null) signature[bent] = (signature[bent] ?? 0) ^ 1;
        return { publicKey: key.publicKey, message, signature };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(check, { maxLength: 300, size: "max" }), async (checks) => {
        const alone = checks.map((one) => verify(one.publicKey, one.message, one.signature));
        expect(await verifyAllAside(checks)).toEqual(alone);
      }),
      { numRuns: 10 },
    );
  });

  it("a process that has asked ends at once, though threads wait for more", async () => {
    const script = `
      import { generateSigningKey, sign, verifyAllAside } from "@standstill/record";
      const [key, message] = [generateSigningKey(), new Uint8Array(9)];
      const check = { publicKey: key.publicKey, message, signature: sign(key, message) };
      console.log((await verifyAllAside(Array(1000).fill(check))).filter(Boolean).length);`;
    const arguments_ = ["--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, arguments_, {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      timeout: 30_000,
    });
    expect(stdout).toBe("1000\n");
  });
});
