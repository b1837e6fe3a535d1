import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeEnvelope,
  httpSource,
  keySigner,
  type SignedStatement,
  toBase64,
  utf8,
} from "@standstill/record";
import { audit } from "@standstill/replay";
import { createServer, Registry } from "@standstill/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { log, logKey, opening, said } from "../../replay/test/world.ts";

let directory: string;
let registry: Registry;
let server: Awaited<ReturnType<typeof createServer>>;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-api-"));
  registry = await Registry.open({ directory, signer: keySigner(log, logKey) });
  server = await createServer({ registry, directory, publishAfterMs: 10 });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await registry.close();
  await rm(directory, { recursive: true });
});

const post = (body: Uint8Array | string) =>
  fetch(`${url}/api/statements`, { method: "POST", body: body as BodyInit });
const submit = (signed: SignedStatement) => post(encodeEnvelope(signed.envelope));
const pledge = { mode: "cap", while: { all: [] } };

describe("submitting statements", () => {
  it("is answered once durable, and covered by a checkpoint soon after", async () => {
    for (const [index, signed] of opening.entries()) {
      const response = await submit(signed);
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ index, id: signed.id });
    }
    await expect
      .poll(async () => (await (await fetch(`${url}/api/round`)).json()).record.size, {
        timeout: 20_000,
      })
      .toBe(6);
    expect(await audit(httpSource(`${url}/record`))).toMatchObject({
      outcome: "verified",
      statements: 6,
    });
  });

  it("statements that come together are all kept, in order", async () => {
    const many = Array.from({ length: 20 }, (_, i) => said("aster", "pledge/make", i + 1, pledge));
    const answers = await Promise.all(many.map((signed) => registry.append(signed)));
    expect(answers.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => 6 + i));
  });

  const forged = () => {
    const { envelope } = said("dune", "pledge/make", 1, pledge);
    const signature = new Uint8Array(64);
    signature[0] = 1;
    return {
      payload: envelope.payload,
      signatures: [{ keyId: envelope.signatures[0]?.keyId as string, signature }],
    };
  };

  it.each([
    ["nothing", "", 400, "malformed-json"],
    ["no JSON", "}{", 400, "malformed-json"],
    ["a truncated body", '{"payload":"e30', 400, "malformed-json"],
    [
      "duplicate keys in the payload",
      JSON.stringify(envelopeOf('{"a":1,"a":2}')),
      400,
      "not-canonical",
    ],
    [
      "an unknown field in the payload",
      JSON.stringify(envelopeOf('{"a":1}')),
      400,
      "malformed-statement",
    ],
    ["deep nesting", "[".repeat(50_000), 413, "limit-exceeded"],
    ["a body of a megabyte", "x".repeat(1 << 20), 413, "FST_ERR_CTP_BODY_TOO_LARGE"],
    ["a small-order signature", () => encodeEnvelope(forged()), 422, "signature-invalid"],
    [
      "another party's key",
      () => encodeEnvelope(said("dune", "pledge/make", 1, pledge, {}, "ember").envelope),
      422,
      "signature-invalid",
    ],
    [
      "a gap in the sequence",
      () => encodeEnvelope(said("dune", "pledge/make", 9, pledge).envelope),
      422,
      "sequence-gap",
    ],
    [
      "the same again",
      () => encodeEnvelope((opening[1] as SignedStatement).envelope),
      409,
      "already-said",
    ],
    [
      "other words, same sequence",
      () => encodeEnvelope(said("dune", "agreement/adopt", 0, { terms: "00".repeat(32) }).envelope),
      409,
      "sequence-repeated",
    ],
    [
      "a negative amount",
      () =>
        encodeEnvelope(
          said("dune", "run/declare", 1, { run: "dune/x", tokens: "-1 tokens" }).envelope,
        ),
      422,
      "malformed-body",
    ],
  ])("refused with a typed error, and nothing applied: %s", async (_name, body, status, code) => {
    const before = registry.state.size;
    const response = await post(typeof body === "function" ? body() : body);
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error.code).toBe(code);
    expect(error.message.length).toBeGreaterThan(10);
    expect(registry.state.size).toBe(before);
  });

  function envelopeOf(payload: string) {
    const sig = toBase64(new Uint8Array(64));
    return {
      payload: toBase64(utf8(payload)),
      payloadType: "application/vnd.standstill.statement+json",
      signatures: [{ keyid: "00".repeat(32), sig }],
    };
  }
});

describe("reading", () => {
  it.each([
    [
      "/api/statements?from=2&limit=3",
      (body: { statements: { index: number }[] }) => body.statements.map(({ index }) => index),
      [2, 3, 4],
    ],
    [
      "/api/statements/0",
      (body: { statement: { type: string } }) => body.statement.type,
      "agreement/propose",
    ],
    ["/api/agreement", (body: { inForceSince: number }) => body.inForceSince, 5],
    ["/api/sites", (body: { sites: unknown[] }) => body.sites, []],
    ["/api/health", (body: { healthy: boolean }) => body.healthy, true],
  ])("%s", async (path, pick, expected) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(pick(await response.json())).toEqual(expected);
  });

  it.each([
    ["/api/statements/9999", 404],
    ["/api/statements/-1", 400],
    ["/api/statements?limit=1e400", 400],
    ["/api/power?site=nobody/none", 404],
    ["/api/power?site=..%2F..%2Fkeys", 400],
    ["/record/..%2Fkeys%2Flog.seed", 404],
    ["/record/%2e%2e/log/journal", 404],
    ["/nothing", 404],
  ])("%s is %i with a typed error", async (path, status) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(status);
    expect((await response.json()).error.code).toBeDefined();
  });

  it("the OpenAPI 3.1 document describes every route", async () => {
    const document = await (await fetch(`${url}/api/openapi.json`)).json();
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/api/statements"].post.requestBody).toBeDefined();
    expect(Object.keys(document.paths).sort()).toEqual([
      "/api/agreement",
      "/api/health",
      "/api/power",
      "/api/round",
      "/api/schemas",
      "/api/sites",
      "/api/statements",
      "/api/statements/{index}",
    ]);
  });

  it("every type of statement has its JSON Schema", async () => {
    const schemas = await (await fetch(`${url}/api/schemas`)).json();
    expect(Object.keys(schemas)).toContain("verdict/publish");
    expect(schemas["run/declare"].properties.work).toBeDefined();
  });
});

it("a statement signed by a key that is rightly formed but not in the terms is nobody's", async () => {
  const { envelope } = said("dune", "pledge/make", 1, pledge);
  const response = await post(
    encodeEnvelope({
      ...envelope,
      signatures: [
        { keyId: "11".repeat(32), signature: envelope.signatures[0]?.signature as Uint8Array },
      ],
    }),
  );
  expect((await response.json()).error.code).toBe("signature-invalid");
});
