import { readFileSync } from "node:fs";
import { parseDraft } from "@standstill/agreement";
import { emptyWindows, type SiteEvidence } from "@standstill/evidence";
import {
  adopt,
  assembleTerms,
  type Cards,
  declareSite,
  MemoryRecord,
  Outbox,
  type OwnRecord,
  periodSalt,
  propose,
  reportEvidence,
  type Speaker,
} from "@standstill/operation";
import { noteVerifier, type SigningKey, sha256, signingKey, utf8 } from "@standstill/record";

const { marks: _, ...rest } = parseDraft(
  readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8"),
);

/** The example's agreement without marks and witnesses, so that a record in memory can hold it. */
export const draft = { ...rest, witnesses: [], witnessQuorum: 0 };

/** A key that is the same in every run. */
export function keyOf(holder: string): SigningKey {
  return signingKey(sha256(utf8(`operation ${holder}`)));
}

/** What everybody shows of their keys. */
export const cards: Cards = {
  keys: [
    ...[draft.keeper, ...draft.parties].map(({ id }) => ({
      holder: id,
      publicKey: keyOf(id).publicKey,
    })),
    ...(draft.roles ?? []).flatMap(({ id, holders }) =>
      holders.map((organisation) => ({
        holder: id,
        organisation,
        publicKey: keyOf(`${id}.${organisation}`).publicKey,
      })),
    ),
  ],
  log: noteVerifier("log.example/operation", keyOf("log").publicKey),
  witnesses: new Map(),
};

/** The terms that they adopt. */
export const terms = assembleTerms(draft, cards);

/** When everything here is said. */
export const NOW = Date.parse("2026-06-04T12:00:00.000Z");

/** A speaker with a key of its own, at a standing time. */
export function speakerOf<To extends OwnRecord>(issuer: string, registrar: To) {
  const keys = [keyOf(issuer)];
  return { issuer, keys, registrar, outbox: new Outbox(), now: () => NOW } satisfies Speaker;
}

/** A record in which all have adopted. */
export async function adoptedRecord(adopted = terms): Promise<MemoryRecord> {
  const record = new MemoryRecord();
  await propose(speakerOf(draft.keeper.id, record), { terms: adopted });
  const { hash = "" } = record.state.agreement;
  for (const { id } of draft.parties) await adopt(speakerOf(id, record), { terms: hash });
  return record;
}

/** Two nodes that idle, or that train without saying so, for some windows of four seconds from an instant on. */
export function evidenceOf(party: string, startMs: number, isTraining: boolean): SiteEvidence {
  const windows = emptyWindows(["node-1", "node-2"], { startMs, endMs: startMs + 240_000 }, 4000);
  for (let cell = 0; cell < windows.readings.length; cell++) {
    const milliwatts = (isTraining ? 8_600_000 : 2_400_000) + ((cell * 7919) % 60_000);
    windows.readings[cell] = 4;
    windows.powerMilliwatts[cell] = milliwatts;
    windows.energyMillijoules[cell] = milliwatts * 4;
  }
  const salt = periodSalt(keyOf(party).seed, `${party}/hall`, new Date(startMs).toISOString());
  return { salt, windows, jobs: undefined, counters: [], logs: [] };
}

/** Declares a hall of a party: two nodes of eight accelerators. */
export function declareHall(party: Speaker) {
  const nodes = ["node-1", "node-2"].map((device) => ({
    device,
    accelerator: "h100-sxm5",
    accelerators: 8,
  }));
  return declareSite(party, { site: `${party.issuer}/hall`, title: "A hall", nodes });
}

/** Reports four minutes of a party's hall. */
export function reportHall(party: Speaker, startMs: number, isTraining: boolean) {
  const [start, end] = [startMs, startMs + 240_000].map((at) => new Date(at).toISOString());
  return reportEvidence(
    party,
    { site: `${party.issuer}/hall`, period: { start: `${start}`, end: `${end}` } },
    evidenceOf(party.issuer, startMs, isTraining),
  );
}
