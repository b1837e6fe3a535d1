import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atomFeed, type Notice } from "@standstill/views";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Serving, serve } from "./support/serve.ts";
import { program, standstill } from "./support/standstill.ts";

const example = inject("exampleDirectory");
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-notices-"));
});
afterAll(() => rm(directory, { recursive: true }));
const told = async (): Promise<Notice[]> =>
  JSON.parse((await standstill(["notify", example, "--json"])).stdout).notices;

describe("notices", () => {
  it("tell verdicts that doubt, cases and who is bound, as a mail and as JSON", async () => {
    const notices = await told();
    expect(new Set(notices.map(({ kind }) => kind))).toEqual(
      new Set(["agreement", "verdict", "case"]),
    );
    expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length);
    const mail = await standstill(["notify", example, "--since", "41"]);
    expect(mail.stdout).toMatch(/Case dune\/racks-1\/clarification: The Secretariat opened/);
    expect(mail.stdout).not.toContain("Verdict on");
  });

  it("whatever is said stays inside of its element of the feed", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, text, text, (title, words, name) => {
        const notice = { id: "case-1", kind: "case", at: 0, index: 1, party: null, title, words };
        const feed = atomFeed([notice as Notice], name, "http://x/", 0);
        const tags = [...feed.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
        expect(tags.filter((tag) => /<\/?(?:entry|title|content)\b/.test(tag))).toEqual([
          ...["<title>", "</title>", "<entry>", "<title>", "</title>"],
          ...['<content type="">', "</content>", "</entry>"],
        ]);
        expect(feed.replace(/&(?:amp|lt|gt|quot);/g, "")).not.toContain("&");
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
        expect(feed).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      }),
    );
  });
});

describe("a server tells them", () => {
  let server: Serving;
  beforeAll(async () => {
    server = await serve(example);
  });
  afterAll(() => server.stop());

  it("as a feed and as JSON", async () => {
    const feed = await fetch(`${server.url}feed.atom`);
    expect(feed.headers.get("content-type")).toContain("application/atom+xml");
    const text = await feed.text();
    const { notices } = (await (await fetch(`${server.url}api/notices`)).json()) as {
      notices: Notice[];
    };
    expect(text.match(/<entry>/g)).toHaveLength(notices.length);
    const since = await (await fetch(`${server.url}api/notices?since=41`)).json();
    expect(since.notices.map(({ id }: Notice) => id)).toEqual(
      notices.filter(({ knownFrom }) => knownFrom >= 41).map(({ id }) => id),
    );
    expect((await fetch(`${server.url}api/notices?since=x`)).status).toBe(400);
    expect(text).toContain(`${server.url}#statement-41`);
  });

  it("as an event stream, from where a reader left off", async () => {
    const read = async (headers: Record<string, string>) => {
      const stop = new AbortController();
      const answer = await fetch(`${server.url}api/events`, { headers, signal: stop.signal });
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
      let text = "";
      while (!text.includes("case-42"))
        text += new TextDecoder().decode((await reader.read()).value);
      stop.abort();
      return text;
    };
    expect(await read({})).toContain("verdict-39");
    const later = await read({ "last-event-id": "41" });
    expect(later).toContain("event: case\nid: ");
    expect(later).not.toContain("verdict-39");
  });
});

describe("webhooks", () => {
  let receiver: Server;
  afterAll(() => new Promise((resolve) => receiver?.close(resolve)));

  it("are signed, wait for no one that hangs, try again, and post each notice once", async () => {
    const key = "a secret that both know";
    const taken: string[] = [];
    let count = 0;
    receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        count++;
        const id = String(request.headers["webhook-id"]);
        const signed = `${id}.${request.headers["webhook-timestamp"]}.${body}`;
        const mac = createHmac("sha256", key).update(signed).digest("base64");
        expect(request.headers["webhook-signature"]).toBe(`v1,${mac}`);
        // The first is refused, the second hangs; both are posted again.
        if (count === 1) response.writeHead(500).end();
        else if (count > 2) {
          taken.push(id);
          response.end("ok");
        }
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const { port } = receiver.address() as AddressInfo;
    const [secret, state] = [join(directory, "secret"), join(directory, "posted.json")];
    await writeFile(secret, key);
    const args = ["notify", example, "--to", `http://127.0.0.1:${port}/`, "--every", "1"];
    const child = spawn(process.execPath, [program, ...args, "--secret", secret, "--state", state]);
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
    });
    const expected = (await told()).map(({ id }) => id);
    await expect.poll(() => taken.length, { timeout: 30_000 }).toBe(expected.length);
    await expect
      .poll(async () => JSON.parse(await readFile(state, "utf8").catch(() => "{}")).since, {
        timeout: 5000,
      })
      .toEqual([]);
    expect(taken).toEqual(expected);
    expect(said).toMatch(/did not take .*: status 500; it is tried again/);
    expect(said).toMatch(/aborted due to timeout/);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await gone).toBe(0);
  });

  it("without a secret there are none", async () => {
    const result = await standstill(["notify", example, "--to", "http://127.0.0.1:9/"]);
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringContaining("--secret and --state"),
    ]);
  });
});
