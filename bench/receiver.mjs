// How many readings a second the monitor's path takes, from packed requests to a synced log, in this process.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FeedMap, Receiver, RemoteWrite, unpackRemoteWrite } from "@standstill/evidence";
import { openFileStore, Telemetry } from "@standstill/evidence/telemetry";
import { scrapes } from "./remote-write-stream.mjs";

const now = Date.now();
const requests = scrapes(now - 900_000, 40).requests.flat();
const directory = await mkdtemp(join(tmpdir(), "standstill-receiver-"));
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
try {
  const telemetry = await Telemetry.open({
    directory,
    openStore: async (place) => ({ ...openFileStore(place), append: async () => undefined }),
  });
  const receiver = new Receiver("aster/one", "operator", new FeedMap(), telemetry.table);
  const remote = new RemoteWrite(receiver);
  const rates = [];
  for (let round = 0; round < 5; round++) {
    receiver.at(Date.now(), { beforeMs: 86_400_000, afterMs: 600_000 });
    const [start, before] = [performance.now(), cpu()];
    let samples = 0;
    const durable = [];
    for (const [i, request] of requests.entries()) {
      samples += remote.decode1(unpackRemoteWrite(request)).samples;
      durable.push(telemetry.accept(receiver.take()));
      if (i % 16 === 15) await Promise.all(durable.splice(0));
    }
    await Promise.all(durable);
    const seconds = (performance.now() - start) / 1000;
    rates.push({ perSecond: samples / seconds, perCpuSecond: samples / (cpu() - before) });
  }
  rates.sort((a, b) => a.perSecond - b.perSecond);
  const { perSecond, perCpuSecond } = rates[2];
  console.log(
    `remote write, packed request to synced log: ${perSecond.toFixed(0)} readings/s, ${perCpuSecond.toFixed(0)} per processor second; ${(perSecond / 500_000).toFixed(2)} of the 500,000/s asked for`,
  );
  await telemetry.close();
} finally {
  await rm(directory, { recursive: true, force: true });
}
