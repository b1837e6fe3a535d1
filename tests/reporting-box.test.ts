import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Serving, serve } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

const SECRET = "They train at night, in hall four.";
let directory: string;
let server: Serving;
const at = (name: string) => join(directory, name);
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-box-"));
  await cp(inject("exampleDirectory"), at("data"), { recursive: true });
  server = await serve(at("data"));
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});
const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await standstill(["box", ...args]);
  return { code, out: stdout.trim(), err: stderr };
};

describe("a report of a person", () => {
  let name: string;

  it("is sealed to the panel's members, and handed in; the record says that it was received", async () => {
    const members = await Promise.all(
      ["cedar", "dune", "ember"].map(async (member) => ({
        member,
        publicKey: (await run("keys", "--out", at(`${member}.json`))).out,
      })),
    );
    await writeFile(at("members.json"), JSON.stringify({ threshold: 2, members }));
    await writeFile(at("report.txt"), SECRET);
    const sealed = await run(
      ...["seal", "--text", at("report.txt"), "--members", at("members.json")],
      ...["--out", at("sealed.json"), "--to", server.url, "--json"],
    );
    expect(sealed.code).toBe(0);
    ({ report: name } = JSON.parse(sealed.out));
    const { reports } = (await (await fetch(`${server.url}api/reports`)).json()) as {
      reports: string[];
    };
    expect(reports).toEqual([name]);
    const found = await fetch(`${server.url}api/statements?type=box/receive`);
    expect(JSON.stringify(await found.json())).toContain("box/receive");
  });

  it("cannot be read by whoever keeps it: neither its words nor who sent it are on the disk", async () => {
    for (const file of await readdir(at("data/reports"))) {
      const kept = await readFile(at(`data/reports/${file}`), "utf8");
      expect(kept).not.toContain(SECRET);
      expect(kept).not.toContain(Buffer.from(SECRET).toString("base64").slice(0, 20));
    }
  });

  it("is read by two members together, and by none alone", async () => {
    const kept = await fetch(`${server.url}api/reports/${name}`);
    await writeFile(at("fetched.json"), Buffer.from(await kept.arrayBuffer()));
    for (const member of ["dune", "ember"]) {
      const share = await run("share", at("fetched.json"), "--key", at(`${member}.json`));
      await writeFile(at(`${member}.share`), share.out);
    }
    const one = await run("read", at("fetched.json"), "--share", at("dune.share"));
    expect([one.code, one.err]).toEqual([
      2,
      expect.stringContaining("expected shares of 2 members"),
    ]);
    const two = ["--share", at("dune.share"), "--share", at("ember.share")];
    expect(await run("read", at("fetched.json"), ...two)).toMatchObject({ code: 0, out: SECRET });
  });

  it("without a panel that has opened a reporting box there is nobody to seal to", async () => {
    const seal = ["seal", "--text", at("report.txt"), "--out", at("x.json")];
    const none = await run(...seal, "--record", at("data"));
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining("has opened a reporting box"),
    ]);
    expect((await run(...seal)).err).toContain("--record or --members");
  });
});

describe("the reporting box of a server", () => {
  const post = (body: BodyInit, type = "application/vnd.standstill.report+json") =>
    fetch(`${server.url}api/reports`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    }).then(({ status }) => status);

  it("refuses what is no sealed report", async () => {
    expect(await post("{}")).toBe(400);
    expect(await post("\u0000")).toBe(400);
    expect(await post("{}", "text/plain")).toBe(400);
    expect(await post("x".repeat(3_000_000))).toBe(413);
    expect((await fetch(`${server.url}api/reports/${"0".repeat(64)}`)).status).toBe(404);
    expect((await fetch(`${server.url}api/reports/..%2f..%2fpolicy`)).status).toBe(404);
  });

  it("a flood is asked to come back later, whoever sends it", async () => {
    const codes = new Set<number>();
    for (let i = 0; i < 40; i++) codes.add(await post("{}"));
    expect(codes).toContain(429);
  });
});
