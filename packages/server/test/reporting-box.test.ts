import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keySigner, signStatement } from "@standstill/record";
import { makeMemberKeys, reportName, sealedBytes, sealReport } from "@standstill/reporting-box";
import { createServer, Registry } from "@standstill/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, log, logKey, opening, said, statementOf } from "../../replay/test/world.ts";

let directory: string;
let registry: Registry;
let server: Awaited<ReturnType<typeof createServer>>;
let url: string;
let canSay = true;
let receipts = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-reports-"));
  registry = await Registry.open({ directory, signer: keySigner(log, logKey) });
  for (const signed of opening) await registry.append(signed);
  await start();
});
afterAll(async () => {
  await server.close();
  await registry.close();
  await rm(directory, { recursive: true });
});

async function start() {
  server = await createServer({
    record: registry,
    directory,
    onReport: async (report) => {
      if (!canSay) throw new Error("the log does not take it");
      receipts += 1;
      await registry.append(said("secretariat", "box/receive", receipts, { report }));
    },
  });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
}
const handIn = async (report: Awaited<ReturnType<typeof sealReport>>) =>
  (
    await fetch(`${url}/api/reports`, {
      method: "POST",
      body: new Uint8Array(sealedBytes(report)),
      headers: { "content-type": "application/vnd.standstill.report+json" },
    })
  ).status;
const panelSays = (type: string, sequence: number, body: object) =>
  registry.append(
    signStatement(
      statementOf("panel", type, sequence, body),
      ...["panel.aster", "panel.cedar", "panel.dune"].map(keyOf),
    ),
  );
const kept = async () => (await readdir(join(directory, "reports"))).sort();

describe("sealed reports that a server keeps", () => {
  it("have one receipt each, however often they are handed in, and one all the same where it failed at first", async () => {
    const members = await Promise.all(
      ["cedar", "dune"].map(async (member) => ({
        member,
        publicKey: (await makeMemberKeys()).publicKey,
      })),
    );
    await panelSays("box/open", 0, { threshold: 2, members });
    const report = await sealReport("They train at night.", { threshold: 2, members });
    canSay = false;
    expect(await handIn(report)).toBe(500);
    canSay = true;
    expect(await Promise.all([handIn(report), handIn(report), handIn(report)])).toEqual([
      ...[201, 201, 201],
    ]);
    expect(receipts).toBe(1);
    expect([...registry.state.box.received.keys()]).toEqual([reportName(report)]);

    const other = await sealReport("Nothing.", { threshold: 2, members });
    expect(await handIn(other)).toBe(201);
    expect(await kept()).toHaveLength(2);
    // The panel is done with the first: the next visit deletes it, and handing it in again brings nothing back.
    await panelSays("box/settle", 1, { reports: [reportName(report)] });
    expect(await handIn(report)).toBe(201);
    expect(await kept()).toEqual([`${reportName(other)}.json`]);
    expect((await fetch(`${url}/api/reports/${reportName(report)}`)).status).toBe(404);
    expect(receipts).toBe(2);

    // A server that was down meanwhile deletes when it starts.
    await panelSays("box/settle", 2, { reports: [reportName(other)] });
    await server.close();
    await start();
    expect(await kept()).toEqual([]);
  });
});
