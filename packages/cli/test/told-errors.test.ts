import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../src/command/run.ts";
import { main } from "../src/main.ts";
import { systemErrorOf } from "../src/system-error.ts";
import { toldError } from "../src/told-error.ts";
import { keptTerminal } from "./every-command.ts";

let directory: string;
const at = (name: string) => join(directory, name);
const servers: Server[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-told-"));
  await writeFile(at("there"), "here already");
  await writeFile(at("secret"), "sixteen secret bytes");
  await mkdir(at("folder"));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

/** Runs a command, and returns its three lines; anything but three lines and exit code 2 is a failure. */
async function told(...argv: readonly string[]): Promise<string> {
  const { terminal, said } = keptTerminal();
  const code = await main(argv, terminal);
  const words = said.err.join("\n");
  expect([code, words]).toEqual([2, expect.stringMatching(/^Error: .+\nPlace: .+\nTo do: .+$/)]);
  return words;
}

/** A server on a free port of this machine. */
async function listening(take: (socket: Socket) => void): Promise<number> {
  const server = createServer(take).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as { port: number }).port;
}

describe("what the system refuses is told in three lines, without a stack", () => {
  it("a file that is not there, and a folder that is not", async () => {
    expect(await told("agreement", "check", at("none.yaml"))).toContain("got nothing there");
    expect(
      await told("agreement", "new", at("none/x.yaml"), "--party", "A", "--party", "B"),
    ).toContain("the folder of a new file must be there");
    expect(await told("gate", "list", "--socket", at("none.sock"))).toContain("no such socket");
    expect(await told("audit", at("none"))).toContain("expected a record in");
  });

  it("a folder for a file, and a file for a folder", async () => {
    expect(await told("agreement", "check", at("folder"))).toContain("which is none");
    expect(await told("box", "keys", "--out", join(at("there"), "x"))).toMatch(/got a file\n/);
  });

  it("a file that is there already, which is never replaced", async () => {
    expect(await told("box", "keys", "--out", at("there"))).toContain(
      "what is there is not replaced",
    );
    expect(await readFile(at("there"), "utf8")).toBe("here already");
  });

  it.skipIf(process.getuid?.() === 0)("a place that this user may not write to", async () => {
    await mkdir(at("closed"));
    await chmod(at("closed"), 0o500);
    expect(await told("box", "keys", "--out", at("closed/x"))).toContain("a refusal of the system");
  });

  it("a peer that is not there, one that hangs up, and one that is something else", async () => {
    const closing = await listening((socket) => socket.once("data", () => socket.destroy()));
    expect(await told("audit", `http://127.0.0.1:${closing}`)).toContain("expected an answer from");
    const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    const other = await listening((socket) => socket.once("data", () => socket.end(hello)));
    expect(await told("find", `http://127.0.0.1:${other}`)).toContain("a record that verifies");
    const gone = await listening(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await told("find", `http://127.0.0.1:${gone}`)).toMatch(/expected .*, got/);
  });
});

describe("an error of the system", () => {
  const error = (code: string, more: object = {}) =>
    Object.assign(new Error(code), { code, ...more });

  it.each([
    ["EACCES", { path: "/x" }, "/x to be one that this user may read or write"],
    ["EPERM", { path: "/x" }, "a refusal of the system"],
    ["EROFS", { path: "/x" }, "a refusal of the system"],
    ["EACCES", { syscall: "listen", port: 80 }, "Choose a port from 1024 on"],
    ["ENOENT", { path: "/x" }, "/x, got nothing there"],
    ["EEXIST", { path: "/x" }, "what is there is not replaced"],
    ["EISDIR", { path: "/x" }, "got a folder"],
    ["ENOTDIR", { path: "/x" }, "got a file"],
    ["ENOSPC", { path: "/x" }, "Make room"],
    ["EMFILE", {}, "ulimit -n"],
    ["EADDRINUSE", { port: 7878, address: "127.0.0.1" }, "another port with --port"],
    ["EADDRINUSE", { address: "/run/gate.sock" }, "/run/gate.sock, got another program"],
    ["EADDRNOTAVAIL", { address: "10.9.8.7" }, "an address of this machine"],
    ["ECONNREFUSED", { address: "127.0.0.1", port: 9 }, "127.0.0.1:9, got a refusal"],
    ["ENOTFOUND", { hostname: "no.example" }, "no.example, got no such name"],
  ])("%s %o is told with what it is about and what to do", (code, more, words) => {
    const found = systemErrorOf(error(code, more));
    expect(found?.code).toBe(code);
    expect(`${found?.message} ${found?.remedy}`).toContain(words);
    expect(found?.message).toMatch(/^expected .+, got .+/);
  });

  it("is found in the causes of another, also where several failed", () => {
    const refused = error("ECONNREFUSED", { address: "::1", port: 9 });
    const several = new AggregateError([refused, error("ETIMEDOUT")]);
    const failed = new TypeError("fetch failed", { cause: several });
    expect(toldError(failed)?.message).toBe(
      "expected an answer from ::1:9, got a refusal: nobody listens there",
    );
  });

  it("a request that failed says nothing about a party, whatever the reason", () => {
    const odd = new TypeError("fetch failed", { cause: new Error("bad port") });
    const late = Object.assign(new Error("too late"), { name: "TimeoutError" });
    for (const failed of [odd, late, error("EPIPE"), error("UND_ERR_SOCKET")])
      expect(toldError(failed)?.remedy).toContain("nothing about any party");
  });

  it("a mistake of this program is none of the system's, and ends with its stack and code 1", async () => {
    for (const mistake of [new TypeError("x is not a function"), error("EWHAT"), "text", undefined])
      expect(toldError(mistake)).toBeUndefined();
    const { terminal, said } = keptTerminal();
    const broken = async () => {
      throw new TypeError("x is not a function");
    };
    expect(await run({ broken }, ["broken"], terminal)).toBe(1);
    expect(said.err.join("\n")).toMatch(/TypeError: x is not a function\n\s+at /);
  });

  it("causes that run in a circle are left", () => {
    const circle = new Error("a");
    circle.cause = circle;
    expect(systemErrorOf(circle)).toBeUndefined();
  });
});
