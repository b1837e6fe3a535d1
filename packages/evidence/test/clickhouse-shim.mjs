// Part of ClickHouse's HTTP interface in front of chDB, so that the cluster's path runs where no server is: statements in the
// body, blocks in Native format behind `query`. It knows no replicas, and passes settings over.
// `/fail-next` makes the next answers fail: so many, with a status, and with an error's code where one is told.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";

const directory = mkdtempSync(join(tmpdir(), "standstill-shard-"));
const session = new Session(join(directory, "chdb"));
let failing = { count: 0, status: 503, code: undefined };
const USER = `Basic ${Buffer.from("monitor:a secret").toString("base64")}`;

async function answer(request, url, body) {
  if (request.headers.authorization !== USER) return [403, "Authentication failed"];
  const insert = /^INSERT INTO (\w+) FORMAT Native$/.exec(url.searchParams.get("query") ?? "");
  if (insert !== null) {
    const file = join(directory, "block.native");
    writeFileSync(file, body);
    await session.queryAsync(`INSERT INTO ${insert[1]} SELECT * FROM file('${file}', 'Native')`);
    return [200, ""];
  }
  const [, sql, format = "TabSeparated"] = /^(.*?)(?: FORMAT (\w+))?$/s.exec(body.toString());
  return [200, (await session.queryAsync(sql, { format })).bytes()];
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://shim");
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (url.pathname === "/fail-next") {
    failing = JSON.parse(body.toString());
    response.end();
    return;
  }
  if (failing.count > 0) {
    failing.count--;
    const { status, code } = failing;
    response.writeHead(status, code === undefined ? {} : { "x-clickhouse-exception-code": code });
    response.end("too busy");
    return;
  }
  const [status, told] = await answer(request, url, body).catch((error) => [500, error.message]);
  response.writeHead(status).end(told);
});
process.on("SIGTERM", () => {
  session.close();
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
