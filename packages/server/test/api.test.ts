import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "@standstill/audit";
import {
  checkContradiction,
  decodeEntry,
  encodeEnvelope,
  envelopeBody,
  formatVerifier,
  httpSource,
  keySigner,
  leafHash,
  parseCoseReceipt,
  parsePolicy,
  parseTlogProof,
  type SignedStatement,
  toBase64,
  utf8,
  verifyCoseReceipt,
  verifyTlogProof,
} from "@standstill/record";
import { createServer, Registry } from "@standstill/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, log, logKey, opening, said } from "../../replay/test/world.ts";

let directory: string;
let registry: Registry;
let server: Awaited<ReturnType<typeof createServer>>;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-api-"));
  registry = await Registry.open({ directory, signer: keySigner(log, logKey) });
  server = await createServer({ record: registry, directory, publishAfterMs: 10 });
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
const pledge = { mode: "cap", while: { kind: "all", of: [] } };

describe("submitting statements", () => {
  it("is answered once durable, and covered by a checkpoint soon after", async () => {
    for (const [index, signed] of opening.entries()) {
      const response = await submit(signed);
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ index, id: signed.id, known: false });
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

describe("an issuer that signs two statements with one number", () => {
  const other = said("ember", "agreement/adopt", 0, { terms: "00".repeat(32) });
  const report = (body: object, sequence: number) =>
    said("borealis", "contradiction/report", sequence, body);

  it("is refused, and what convicts it is kept and shown", async () => {
    expect((await submit(other)).status).toBe(409);
    const { contradictions } = await (await fetch(`${url}/api/contradictions`)).json();
    const mine = contradictions.find(({ id }: { id: string }) => id === other.id);
    expect(mine).toMatchObject({
      issuer: "ember",
      sequence: 0,
      envelope: envelopeBody(other.envelope),
    });
    const first = decodeEntry((await registry.entry(5)) as Uint8Array);
    const key = keyOf("ember").publicKey;
    expect(() => checkContradiction(first, other, [key])).not.toThrow();
    expect(() => checkContradiction(first, first, [key])).toThrow(/different words/);
    expect(() => checkContradiction(first, other, [keyOf("dune").publicKey])).toThrow(/signature/);
  });

  it("is put on the record by anyone; an innocent one cannot be", async () => {
    const forgery = said("cedar", "agreement/adopt", 0, { terms: "00".repeat(32) }, {}, "borealis");
    const innocent = await submit(report({ other: envelopeBody(forgery.envelope) }, 1));
    expect((await innocent.json()).error.code).toBe("signature-invalid");
    const same = opening[1] as SignedStatement;
    const agreeing = await submit(report({ other: envelopeBody(same.envelope) }, 1));
    expect((await agreeing.json()).error.code).toBe("not-declared");
    expect((await submit(report({ other: envelopeBody(other.envelope) }, 1))).status).toBe(201);
    expect(registry.state.contradictions).toMatchObject([{ issuer: "ember", sequence: 0 }]);
    const again = await submit(report({ other: envelopeBody(other.envelope) }, 2));
    expect((await again.json()).error.code).toBe("already-said");
  });
});

describe("receipts", () => {
  const policy = parsePolicy(`log ${formatVerifier(log)}\nquorum none\n`);
  const leafOf = (signed: SignedStatement) => leafHash(encodeEnvelope(signed.envelope));

  it("?wait= answers with the proof once a checkpoint covers the statement", async () => {
    const signed = said("aster", "pledge/make", 21, pledge);
    const body = encodeEnvelope(signed.envelope);
    const response = await fetch(`${url}/api/statements?wait=20`, {
      method: "POST",
      body: body as BodyInit,
    });
    expect(response.status).toBe(201);
    const { index, receipt } = await response.json();
    const proof = parseTlogProof(utf8(receipt));
    expect(proof.index).toBe(index);
    expect(verifyTlogProof(proof, leafOf(signed), policy).size).toBeGreaterThan(index);
  });

  it("the same again is answered with its first index, and nothing is appended", async () => {
    const before = registry.state.size;
    const again = await submit(opening[1] as SignedStatement);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ index: 1, known: true });
    const next = said("aster", "pledge/make", 22, pledge);
    const both = await Promise.all([submit(next), submit(next)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    const answers = await Promise.all(both.map((response) => response.json()));
    expect(answers.map(({ index }) => index)).toEqual([before, before]);
  });

  it("proof and COSE receipt of any covered statement verify; what is not covered has none", async () => {
    const entry = (await registry.entry(2)) as Uint8Array;
    const proof = await (await fetch(`${url}/api/statements/2/proof`)).text();
    verifyTlogProof(parseTlogProof(utf8(proof)), leafHash(entry), policy);
    const response = await fetch(`${url}/api/statements/2/receipt`);
    expect(response.headers.get("content-type")).toBe("application/cose");
    const receipt = parseCoseReceipt(new Uint8Array(await response.arrayBuffer()));
    verifyCoseReceipt(receipt, leafHash(entry), log.publicKey);
    for (const kind of ["proof", "receipt"]) {
      expect((await fetch(`${url}/api/statements/99999/${kind}`)).status).toBe(404);
    }
  });

  it.each(["61", "-1", "x", "1e9"])("?wait=%s is refused", async (wait) => {
    const response = await fetch(`${url}/api/statements?wait=${wait}`, {
      method: "POST",
      body: "{}",
    });
    expect(response.status).toBe(400);
  });
});

describe("a batch", () => {
  const batch = (lines: readonly (Uint8Array | string)[]) =>
    fetch(`${url}/api/statements/batch`, {
      method: "POST",
      body: lines
        .map((line) => (typeof line === "string" ? line : new TextDecoder().decode(line)))
        .join("\n"),
    });

  it("is answered line by line, once all that was accepted is durable", async () => {
    const first = registry.state.size;
    const many = Array.from({ length: 100 }, (_, i) =>
      said("aster", "pledge/make", 23 + i, pledge),
    );
    const lines = many.map((signed) => encodeEnvelope(signed.envelope));
    const response = await batch([...lines.slice(0, 50), "{}", ...lines.slice(50), lines[0] ?? ""]);
    expect(response.status).toBe(200);
    const { results } = await response.json();
    expect(results).toHaveLength(102);
    expect(results[50].error.code).toBe("malformed-envelope");
    expect(results[101]).toMatchObject({ index: first, known: true });
    const accepted = [...results.slice(0, 50), ...results.slice(51, 101)];
    expect(accepted.map(({ index }) => index)).toEqual(many.map((_, i) => first + i));
    expect(registry.status.size).toBe(first + 100);
  });

  it("of too many lines is refused whole", async () => {
    const before = registry.state.size;
    expect((await batch(Array.from({ length: 10_001 }, () => "{}"))).status).toBe(413);
    expect(registry.state.size).toBe(before);
  });
});

describe("a flood", () => {
  it("from one key or address is stopped, and harms nobody else", async () => {
    const other = await mkdtemp(join(tmpdir(), "standstill-flood-"));
    const flooded = await Registry.open({ directory: other, signer: keySigner(log, logKey) });
    const limits = {
      perIssuer: { burst: 10, perSecond: 0.001 },
      refusedPerAddress: { burst: 5, perSecond: 0.001 },
    };
    const guarded = await createServer({ record: flooded, directory: other, limits });
    const address = await guarded.listen({ host: "127.0.0.1", port: 0 });
    const send = (signed: SignedStatement) =>
      fetch(`${address}/api/statements`, {
        method: "POST",
        body: encodeEnvelope(signed.envelope) as BodyInit,
      });
    for (const signed of opening) expect((await send(signed)).status).toBe(201);
    const many = Array.from({ length: 12 }, (_, i) => said("aster", "pledge/make", i + 1, pledge));
    const statuses: number[] = [];
    for (const signed of many) statuses.push((await send(signed)).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect((await send(said("dune", "pledge/make", 1, pledge))).status).toBe(201);
    const refused = await send(many[statuses.indexOf(429)] as SignedStatement);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    for (let i = 0; i < 6; i++) await send(said("dune", "pledge/make", 50, pledge));
    expect((await send(said("dune", "pledge/make", 2, pledge))).status).toBe(429);
    await guarded.close();
    await flooded.close();
    await rm(other, { recursive: true });
  });
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
    [
      "/api/statements?issuer=aster&sequence=0",
      (body: { statements: { index: number }[] }) => body.statements.map(({ index }) => index),
      [1],
    ],
    [
      `/api/statements?id=${opening[3]?.id}`,
      (body: { statements: { index: number }[] }) => body.statements.map(({ index }) => index),
      [3],
    ],
    [
      "/api/statements?type=pledge/make&party=dune",
      (body: { statements: { issuer: string }[] }) => [
        ...new Set(body.statements.map(({ issuer }) => issuer)),
      ],
      [],
    ],
    [
      "/api/log",
      (body: { missing: unknown[]; failure: string | null }) => [body.missing, body.failure],
      [[], null],
    ],
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
    ["/api/statements?id=xyz", 400],
    ["/api/statements?after=yesterday", 400],
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
      "/api/contradictions",
      "/api/events",
      "/api/health",
      "/api/log",
      "/api/notices",
      "/api/power",
      "/api/round",
      "/api/schemas",
      "/api/sites",
      "/api/statements",
      "/api/statements/batch",
      "/api/statements/{index}",
      "/api/statements/{index}/proof",
      "/api/statements/{index}/receipt",
      "/deadlines.ics",
      "/feed.atom",
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
