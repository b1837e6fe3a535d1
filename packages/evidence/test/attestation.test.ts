import { checkAttestation } from "@standstill/evidence/formats";
import { sha256, toHex, utf8 } from "@standstill/record";
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";

/** Constructed by the claims that NVIDIA documents: no accelerator was asked, and no token of the real service is here. */
const NOW = Date.parse("2026-11-21T20:00:00.000Z");
const NONCE = "ab".repeat(32);
let keys: JSONWebKeySet;
let sign: (claims: object, lifetimeSeconds?: number, stranger?: boolean) => Promise<string>;

beforeAll(async () => {
  const [own, stranger] = await Promise.all([generateKeyPair("ES384"), generateKeyPair("ES384")]);
  keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "one", alg: "ES384" }] };
  sign = (claims, lifetimeSeconds = 3600, isStranger = false) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "ES384", kid: "one" })
      .setIssuedAt(NOW / 1000 - 10)
      .setExpirationTime(NOW / 1000 + lifetimeSeconds)
      .sign((isStranger ? stranger : own).privateKey);
});

const device = (ueid: string, more: object = {}) => ({
  eat_nonce: NONCE,
  ueid,
  hwmodel: "GH100 A01 GSP BROM",
  measres: "success",
  secboot: true,
  dbgstat: "disabled",
  "x-nvidia-gpu-driver-version": "550.90.07",
  ...more,
});
const overall = (tokens: Record<string, string>, more: object = {}) => ({
  eat_nonce: NONCE,
  "x-nvidia-overall-att-result": true,
  submods: Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [
      name,
      ["DIGEST", ["SHA-256", toHex(sha256(utf8(token)))]],
    ]),
  ),
  ...more,
});
const bundle = async (
  tokens: Record<string, string>,
  claims = overall(tokens),
  ...signing: [number?, boolean?]
) => JSON.stringify([["JWT", await sign(claims, ...signing)], tokens]);
const check = (text: string) => checkAttestation(text, { keys, nonce: NONCE, nowMs: NOW });

describe("a detached EAT bundle", () => {
  it("is verified: each device with its identity, model and firmware", async () => {
    const tokens = { "GPU-0": await sign(device("a")), "GPU-1": await sign(device("b")) };
    expect(await check(await bundle(tokens))).toMatchObject({
      kind: "verified",
      devices: [
        { name: "GPU-0", ueid: "a", secureBoot: true, debugDisabled: true },
        { name: "GPU-1", ueid: "b", driverVersion: "550.90.07" },
      ],
    });
  });

  it("is unverifiable, with the reason, for whatever is missing", async () => {
    const good = { "GPU-0": await sign(device("a")) };
    const other = await sign(device("c"));
    const cases: [RegExp, string][] = [
      [/older one/, await bundle(good, overall(good, { eat_nonce: "cd".repeat(32) }))],
      [/genuine/, await bundle(good, overall(good, { "x-nvidia-overall-att-result": false }))],
      [/expired/, await bundle(good, overall(good), -5)],
      [/does not verify/, await bundle(good, overall(good), 3600, true)],
      [/fewer/, await bundle({}, overall(good))],
      [/got another/, await bundle({ "GPU-0": other }, overall(good))],
      [/claims/, await bundle(good, { ...overall(good), submods: 1 } as never)],
    ];
    const bad = {
      stale: await sign(device("a", { eat_nonce: "00" })),
      changed: await sign(device("a", { measres: "fail" })),
      forged: await sign(device("a"), 3600, true),
    };
    cases.push(
      [/GPU-0 over the nonce/, await bundle({ "GPU-0": bad.stale })],
      [/other measurements/, await bundle({ "GPU-0": bad.changed })],
      [/does not verify/, await bundle({ "GPU-0": bad.forged })],
      [
        /identity of GPU-1 twice/,
        await bundle({
          "GPU-0": good["GPU-0"],
          "GPU-1": await sign(device("a", { secboot: false })),
        }),
      ],
    );
    for (const [reason, text] of cases) {
      const found = await check(text);
      expect(found).toMatchObject({ kind: "unverifiable", reason: expect.stringMatching(reason) });
    }
  });

  it("with no algorithm, or one that a key can be confused for, is no bundle of the service", async () => {
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from("{}").toString("base64url")}.`;
    expect(await check(JSON.stringify([["JWT", none], {}]))).toMatchObject({
      kind: "unverifiable",
    });
    const secret = new TextEncoder().encode("x".repeat(48));
    const hs = await new SignJWT({}).setProtectedHeader({ alg: "HS384" }).sign(secret);
    expect(await check(JSON.stringify([["JWT", hs], {}]))).toMatchObject({ kind: "unverifiable" });
    await expect(check("{}")).rejects.toMatchObject({ code: "malformed-file" });
  });
});
