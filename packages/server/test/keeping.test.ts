import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { newDraft, parseDraft } from "@standstill/agreement";
import { adopt, assembleTerms, type Keeper, Outbox, propose } from "@standstill/operation";
import {
  CHECKPOINT_PATH,
  cosignerVerifier,
  keySigner,
  noteVerifier,
  openNote,
  type SigningKey,
  sha256,
  signingKey,
  utf8,
} from "@standstill/record";
import { createKeeperServer, openRecord, type RecordToKeep } from "@standstill/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-keeping-"));
});
afterEach(() => rm(directory, { recursive: true }));

const keyOf = (holder: string): SigningKey => signingKey(sha256(utf8(`keeping ${holder}`)));

/** Two labs with a secretariat, which have nothing to do with the example. */
const draft = {
  ...parseDraft(
    newDraft({
      name: "North and South",
      parties: ["North", "South"],
      keeper: "Secretariat",
      limit: "1e25 FLOP",
      declaredFrom: "1e24 FLOP",
      quorum: 2,
      noticeDays: 90,
    }),
  ),
  marks: { everyHours: 24, beacon: "none" as const, witnessed: true },
};
const log = noteVerifier("north-and-south.example/log", keyOf("log").publicKey);
const witnessName = (id: string) => `${id}.example`;
const terms = assembleTerms(draft, {
  keys: [
    ...[draft.keeper, ...draft.parties].map(({ id }) => ({
      holder: id,
      publicKey: keyOf(id).publicKey,
    })),
    ...(draft.roles ?? []).flatMap(({ id, holders }) =>
      holders.map((organisation) => ({
        holder: id,
        organisation,
        publicKey: keyOf(`${id} ${organisation}`).publicKey,
      })),
    ),
  ],
  log,
  witnesses: new Map(
    draft.witnesses.map(({ id }) => [id, cosignerVerifier(witnessName(id), keyOf(id))]),
  ),
});

const toKeep = (): RecordToKeep => ({
  directory,
  signer: keySigner(log, keyOf("log")),
  witnesses: {
    here: draft.witnesses.map(({ id }) => ({
      name: witnessName(id),
      key: keyOf(id),
      directory: join(directory, "witnesses", id),
    })),
    elsewhere: [],
  },
  quorum: draft.witnessQuorum,
});

const speakerOf = (issuer: string, registrar: Keeper["registrar"]): Keeper => ({
  issuer,
  keys: [keyOf(issuer)],
  registrar,
  outbox: new Outbox(),
  now: () => Date.now(),
});

describe("a record of any agreement", () => {
  it("is opened with its witnesses, kept, and goes on where it was after a restart", async () => {
    const first = await openRecord(toKeep());
    const { registry } = first;
    await propose(speakerOf(draft.keeper.id, registry), { terms });
    for (const { id } of draft.parties)
      await adopt(speakerOf(id, registry), { terms: `${registry.state.agreement.hash}` });
    await registry.publish();
    const note = await registry.source.read(CHECKPOINT_PATH);
    const keys = [
      log,
      ...draft.witnesses.map(({ id }) => cosignerVerifier(witnessName(id), keyOf(id))),
    ];
    expect(new Set(openNote(note ?? utf8(""), keys).verified)).toEqual(new Set(keys));
    await expect(openRecord(toKeep())).rejects.toMatchObject({ code: "store-locked" });
    await first.close();

    const again = await openRecord(toKeep());
    expect(again.registry.state.agreement.inForceSince).toBe(2);
    await again.close();
  });

  it("lets its witnesses go where it cannot be opened", async () => {
    const broken = () => Promise.reject(new Error("no bucket"));
    await expect(openRecord({ ...toKeep(), openStore: broken })).rejects.toThrow("no bucket");
    await (await openRecord(toKeep())).close();
  });
});

describe("a keeper's server", () => {
  it("marks the time with a cosigned checkpoint, again and again, until it is closed", async () => {
    const { registry, close } = await openRecord(toKeep());
    const keeper = speakerOf(draft.keeper.id, registry);
    await propose(keeper, { terms });
    const server = await createKeeperServer({
      registry,
      keeper,
      directory,
      markEvery: 0.02,
      onUnmarked: (error) => {
        throw error;
      },
    });
    while (registry.state.marks.size < 3) await wait(5);
    const answer = await server.inject("/api/agreement");
    expect(answer.json().hash).toBe(registry.state.agreement.hash);
    await server.close();
    const { size } = registry.state;
    expect(registry.state.clock.witnessed?.size).toBeGreaterThan(0);
    expect(registry.status.published).toBe(size);
    await wait(80);
    expect(registry.state.size).toBe(size);
    await close();
  });

  it("tells that the time could not be marked, and marks it once it can", async () => {
    const { registry, close } = await openRecord(toKeep());
    const told: string[] = [];
    let isOut = true;
    const keeper = speakerOf(draft.keeper.id, {
      get state() {
        return registry.state;
      },
      append: (signed, allow) => registry.append(signed, allow),
      storeEvidence: (bytes) => registry.storeEvidence(bytes),
      readEvidence: (hash) => registry.readEvidence(hash),
      publish: () => (isOut ? Promise.reject(new Error("no witness")) : registry.publish()),
    });
    await propose(keeper, { terms });
    const server = await createKeeperServer({
      registry,
      keeper,
      directory,
      markEvery: 0.01,
      onUnmarked: ({ message }) => told.push(message),
    });
    while (told.length < 2) await wait(5);
    expect(registry.state.size).toBe(1);
    isOut = false;
    while (registry.state.marks.size < 2) await wait(5);
    expect(new Set(told)).toEqual(new Set(["no witness"]));
    await server.close();
    await close();
  });
});
