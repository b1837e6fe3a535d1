import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  decodeEntry,
  fromHex,
  openLog,
  parsePolicy,
  readEntries,
  signingKey,
} from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import { expect, inject, it } from "vitest";
import { freePort, Program } from "./support/program.ts";
import { seed } from "./support/scale.ts";
import { FAULT, failOn } from "./support/soak/faults.ts";
import { Parties } from "./support/soak/parties.ts";
import { Readers } from "./support/soak/readers.ts";
import { RemoteRecord } from "./support/soak/remote-record.ts";
import { Soak } from "./support/soak/soak.ts";
import { standstill } from "./support/standstill.ts";

/** How long the record is kept going. */
const MINUTES = Number(process.env.STANDSTILL_SOAK_MINUTES ?? 10);
const IDS = ["aster", "borealis", "cedar", "dune", "ember"];
const WITNESSES = ["witness-aster", "witness-borealis"];
/** What has to happen before it shows anything, however long that takes. */
const LEAST = { acknowledged: 500, faults: 3 };
/** What a keeper may take at its peak: what it takes with an empty record, and for each statement. */
const MOST_MEBIBYTES = { atFirst: 700, perThousandStatements: 30 };

it(
  `a record that is kept for ${MINUTES} minutes, while everything is killed again and again, loses nothing acknowledged, shows one history, and audits green`,
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-soak-"));
    const data = join(directory, "keeper");
    await cp(inject("exampleDirectory"), data, { recursive: true });
    const policyPath = join(data, "policy");
    const policyText = await readFile(policyPath, "utf8");
    const policy = parsePolicy(policyText);
    const keyOf = async (holder: string) =>
      signingKey(fromHex((await readFile(join(data, "keys", `${holder}.seed`), "utf8")).trim()));

    const programs = await programsAt(directory, data, policyPath, policyText);
    const { keeper, mirror, witnesses, keeperUrl, mirrorUrl } = programs;
    const all = [...witnesses, keeper, mirror];
    try {
      for (const one of all) await one.start();
      const record = new RemoteRecord(keeperUrl, data);
      const keys = await Promise.all(IDS.map(async (id) => [id, await keyOf(id)] as const));
      const parties = new Parties(record, new Map(keys));
      await record.follow(45);
      await parties.declareSites();

      const soak: Soak = new Soak(
        seed,
        MINUTES,
        () =>
          record.acknowledged.size >= LEAST.acknowledged &&
          (soak.counts.get(FAULT) ?? 0) >= LEAST.faults,
      );
      const readers = new Readers(policy, soak);
      await Promise.all([
        ...IDS.map((id) => parties.speakOn(id, soak)),
        parties.reportOn(soak),
        readers.readOn("keeper", keeperUrl),
        readers.readOn("mirror", mirrorUrl),
        readers.auditOn(keeperUrl, policyPath, join(directory, "audit.snapshot")),
        failOn(soak, programs, () => readers.checkpoint("keeper", keeperUrl)),
        sampleOn(soak, all),
      ]);

      for (const id of IDS) await parties.settle(id);
      // Reports that came since its last start are judged at the next one.
      await keeper.end("SIGTERM");
      await keeper.start();
      const acknowledged = Math.max(...record.acknowledged.keys()) + 1;
      await expect
        .poll(() => readers.checkpoint("mirror", mirrorUrl), { timeout: 120_000, interval: 1000 })
        .toBeGreaterThanOrEqual(acknowledged);
      const contradictions = await (await fetch(`${keeperUrl}api/contradictions`)).json();
      for (const one of all) await one.end("SIGTERM");

      const kept = await audited(data, policyPath);
      const copied = await audited(join(directory, "mirror"), policyPath);
      const log = await openLog(directorySource(join(data, "record")), [...policy.logs]);
      const ids = (await readEntries(log.tree)).map((entry) => decodeEntry(entry));
      const lost = [...record.acknowledged].filter(([index, id]) => ids[index]?.id !== id);
      const reported = ids.filter(({ statement }) => statement.type === "period/report").length;
      const peaks = Object.fromEntries(all.map((one) => [one.name, memoryOf(one)]));
      console.info(
        JSON.stringify(
          {
            minutes: MINUTES,
            seed,
            statements: kept.size,
            acknowledged: record.acknowledged.size,
            verdicts: kept.verdictsRecomputed,
            counts: Object.fromEntries([...soak.counts].sort()),
            starts: Object.fromEntries(all.map((one) => [one.name, one.starts])),
            mebibytes: peaks,
          },
          null,
          2,
        ),
      );

      expect(soak.problems).toEqual([]);
      expect(lost).toEqual([]);
      expect(contradictions).toEqual({ contradictions: [] });
      expect(kept).toMatchObject({ outcome: "verified", verdictsRecomputed: reported });
      expect(copied).toMatchObject({ outcome: "verified" });
      expect(copied.size).toBeGreaterThanOrEqual(acknowledged);
      const { atFirst, perThousandStatements } = MOST_MEBIBYTES;
      const most = atFirst + (perThousandStatements * kept.size) / 1000;
      for (const one of all) expect(memoryOf(one).peak, one.name).toBeLessThan(most);
    } finally {
      for (const one of all) await one.end("SIGKILL");
      await rm(directory, { recursive: true });
    }
  },
  MINUTES * 180_000 + 3_600_000,
);

async function programsAt(directory: string, data: string, policy: string, policyText: string) {
  const log = /^log (\S+)$/m.exec(policyText)?.[1] ?? "";
  const [keeperPort, mirrorPort, ...ports] = await Promise.all(
    [..."km", ...WITNESSES].map(freePort),
  );
  const witnesses = WITNESSES.map(
    (name, i) =>
      new Program(name, [
        ...["witness", "--name", `standstill.example/${name}`, "--log", log],
        ...["--key", join(data, "keys", `${name}.seed`)],
        ...["--data", join(directory, name), "--port", `${ports[i]}`],
      ]),
  );
  const elsewhere = WITNESSES.flatMap((name, i) => [
    "--witness",
    `${name}=http://127.0.0.1:${ports[i]}/`,
  ]);
  const keeperUrl = `http://127.0.0.1:${keeperPort}/`;
  const mirrorUrl = `http://127.0.0.1:${mirrorPort}/`;
  return {
    keeperUrl,
    mirrorUrl,
    witnesses,
    keeper: new Program("keeper", [
      ...["up", "--data", data, "--port", `${keeperPort}`, "--mark-every", "1"],
      ...elsewhere,
    ]),
    mirror: new Program("mirror", [
      ...["mirror", keeperUrl, "--policy", policy, "--data", join(directory, "mirror")],
      ...["--port", `${mirrorPort}`, "--every", "1"],
    ]),
  };
}

async function sampleOn(soak: Soak, all: readonly Program[]): Promise<void> {
  while (!soak.isOver()) {
    await Promise.all(all.map((one) => one.sample()));
    await soak.wait(2000);
  }
}

/** Mebibytes: at the peak, and the middle of the first and the last third of the time. */
function memoryOf({ samples }: Program) {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const middle = (some: typeof samples) =>
    Math.round(some.map(({ mebibytes }) => mebibytes).sort((a, b) => a - b)[some.length >> 1] ?? 0);
  return {
    peak: Math.round(Math.max(0, ...samples.map(({ mebibytes }) => mebibytes))),
    firstThird: middle(samples.slice(0, third)),
    lastThird: middle(samples.slice(-third)),
  };
}

async function audited(directory: string, policy: string) {
  const { stdout, stderr } = await standstill(["audit", directory, "--policy", policy, "--json"]);
  return stdout === "" ? { outcome: stderr } : JSON.parse(stdout);
}
