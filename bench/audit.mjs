// How long the audit of a long record takes, beside what checking its signatures costs at least, and how much memory.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { audit } from "@standstill/audit";
import {
  decodeEntry,
  keySigner,
  preAuthenticationEncoding,
  Sequencer,
  verifyAllAside,
} from "@standstill/record";
import { directorySource, openDirectoryStore } from "@standstill/record/files";
import { keyOf, logVerifier, opening, statements } from "./statements.mjs";

const LIMIT = 1.3;
const MEMORY_LIMIT_MB = 500;
const [first = "200000", directory] = process.argv.slice(2);

if (directory === undefined) await measure(Number(first));
else await auditAlone(directory);

async function measure(count) {
  const place = await mkdtemp(join(tmpdir(), "standstill-audit-"));
  try {
    console.error(`writing ${count} statements`);
    const store = await openDirectoryStore({
      recordDirectory: join(place, "record"),
      stateDirectory: join(place, "log"),
    });
    const signer = keySigner(logVerifier, keyOf("log"));
    const sequencer = await Sequencer.open({ store, signer, mostRemembered: 0 });
    let pending = opening().map((entry) => sequencer.append(entry));
    const sample = [];
    for (const entry of statements(count - pending.length)) {
      if (sample.length < 20_000) sample.push(decodeEntry(entry));
      pending.push(sequencer.append(entry));
      if (pending.length < 10_000) continue;
      await Promise.all(pending);
      pending = [];
      await sequencer.publish();
    }
    await Promise.all(pending);
    await sequencer.publish();
    await sequencer.close();
    const before = await limit(sample);
    const { stdout } = await promisify(execFile)(process.execPath, [
      fileURLToPath(import.meta.url),
      String(count),
      place,
    ]);
    const after = await limit(sample);
    const { outcome, statements: checked, seconds, memoryMb } = JSON.parse(stdout);
    const perSecond = checked / seconds;
    const atMost = (before + after) / 2;
    console.log(
      `audit of ${checked} statements: ${outcome}, ${seconds.toFixed(0)} s, ${perSecond.toFixed(0)}/s`,
    );
    console.log(`signatures alone, ${availableParallelism()} cores: ${atMost.toFixed(0)}/s`);
    console.log(
      `${(atMost / perSecond).toFixed(2)} times the limit of the signatures; ${LIMIT} asked for`,
    );
    console.log(
      `${memoryMb.toFixed(0)} MB of memory at most; ${MEMORY_LIMIT_MB} asked for 1,000,000 statements`,
    );
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Signature checks a second with every core at work. */
async function limit(sample) {
  const items = sample.map(({ statement, envelope }) => ({
    publicKey: keyOf(statement.issuer).publicKey,
    message: preAuthenticationEncoding(envelope.payload),
    signature: envelope.signatures[0].signature,
  }));
  if (!(await verifyAllAside(items.slice(0, 1)))[0]) throw new Error("expected a valid signature");
  const start = performance.now();
  for (let at = 0; at < items.length; at += 1000) {
    await verifyAllAside(items.slice(at, at + 1000));
  }
  return items.length / ((performance.now() - start) / 1000);
}

async function auditAlone(place) {
  const start = performance.now();
  const report = await audit(directorySource(join(place, "record")));
  const seconds = (performance.now() - start) / 1000;
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ outcome: report.outcome, statements: report.statements, seconds, memoryMb }),
  );
}
