import { emptyWindows, measurementReport, type SiteEvidence } from "@standstill/evidence";
import {
  claim,
  declareRun,
  declareSite,
  Outbox,
  RefusedError,
  reportEvidence,
  type Speaker,
  speak,
  vouchFor,
} from "@standstill/operation";
import { type SigningKey, sha256, there, toHex, utf8 } from "@standstill/record";
import { type Random, randomFrom } from "@standstill/statistics";
import type { RemoteRecord } from "./remote-record.ts";
import type { Soak } from "./soak.ts";

/** Sites that report again and again: one idles, as it should; the other trains without a word. */
const REPORTING = [
  { party: "aster", site: "aster/soak", milliwatts: 2_400_000 },
  { party: "ember", site: "ember/soak", milliwatts: 8_600_000 },
];
const NODES = ["node-1", "node-2"];
const PERIOD_MS = 300_000;
const FIRST_PERIOD_MS = Date.parse("2024-06-01T00:00:00.000Z");

/** Parties with keys of their own, who speak to a keeper far away. */
export class Parties {
  readonly ids: readonly string[];
  readonly #record: RemoteRecord;
  readonly #keys: ReadonlyMap<string, SigningKey>;
  readonly #outboxes = new Map<string, Outbox>();
  #reports = 0;

  constructor(record: RemoteRecord, keys: ReadonlyMap<string, SigningKey>) {
    this.#record = record;
    this.#keys = keys;
    this.ids = [...keys.keys()];
  }

  /** Declares the sites that will report. */
  async declareSites(): Promise<void> {
    for (const { party, site } of REPORTING) {
      const nodes = NODES.map((device) => ({
        device,
        accelerator: "h100-sxm5",
        accelerators: 8,
      }));
      await declareSite(this.#speaker(party), { site, title: `Soaked site of ${party}`, nodes });
    }
  }

  /** A party says one thing after the other until the time is up; what is lost on the way is said again. */
  async speakOn(party: string, soak: Soak): Promise<void> {
    const random = randomFrom(`${soak.seed} ${party}`);
    for (let turn = 0; !soak.isOver(); turn++) {
      await soak.tried(`${party} speaks`, () => this.#say(party, turn, random));
      await soak.wait(random.below(120));
    }
  }

  /** Says one last thing, so that what had no answer before is settled. */
  async settle(party: string): Promise<void> {
    await this.#vouch(party, "last");
  }

  /** The sites report one period after the other until the time is up. */
  async reportOn(soak: Soak): Promise<void> {
    while (!soak.isOver()) {
      await soak.tried("a site reports", () => this.#report());
      await soak.wait(5000 + soak.random.below(10_000));
    }
  }

  async #say(party: string, turn: number, random: Random): Promise<void> {
    const speaker = this.#speaker(party);
    const kind = random.below(100);
    if (kind < 55) await speak(speaker, measurementReport, this.#measured(party, turn, random));
    else if (kind < 85) await claim(speaker, claimed(turn, random));
    else if (kind < 98) await this.#vouch(party, `${turn}`);
    else await declareRun(speaker, this.#run(party, turn));
  }

  async #vouch(party: string, what: string): Promise<void> {
    const hash = toHex(sha256(utf8(`${party} ${what}`)));
    await vouchFor(this.#speaker(party), { program: "soak", version: `0.0.${what}`, sha256: hash });
  }

  /** Another party's site as somebody's meter saw it; not one of those that report, whose verdicts would rest on it. */
  #measured(party: string, turn: number, random: Random) {
    const sites = [...this.#record.state.evidence.sites.keys()].filter(
      (site) => !site.startsWith(`${party}/`) && !site.endsWith("/soak"),
    );
    return {
      of: there(sites[random.below(sites.length)]),
      period: { start: "2024-05-17T15:00:00.000Z", end: "2024-05-17T16:00:00.000Z" },
      measured: [
        {
          kind: "energy" as const,
          meter: `${party}/meter`,
          energy: `${1_000_000 + turn} J`,
          random: "10000 J",
          systematic: "40000 J",
        },
      ],
    };
  }

  #run(party: string, turn: number) {
    const sites = [...this.#record.state.evidence.sites].find(([site]) =>
      site.startsWith(`${party}/`),
    );
    const [site, { body }] = there(sites);
    return {
      run: `${party}/soak-${turn}`,
      site,
      activity: "other" as const,
      model: `soak ${turn}`,
      precision: "bf16" as const,
      work: { basis: "accelerator-time" as const, accelerators: 1, seconds: "60 s" },
      nodes: [there(body.nodes[0]).device],
      nodesTogether: true,
      period: { start: "2030-01-01T00:00:00.000Z", end: "2030-01-01T01:00:00.000Z" },
    };
  }

  async #report(): Promise<void> {
    const { party, site, milliwatts } = there(REPORTING[this.#reports % REPORTING.length]);
    const startMs = FIRST_PERIOD_MS + 2 * PERIOD_MS * this.#reports;
    const span = { startMs, endMs: startMs + PERIOD_MS };
    const period = { start: instant(span.startMs), end: instant(span.endMs) };
    const evidence = readingsOf(site, span, milliwatts);
    await reportEvidence(this.#speaker(party), { site, period }, evidence);
    this.#reports++;
  }

  #speaker(issuer: string): Speaker {
    const outbox = this.#outboxes.get(issuer) ?? new Outbox();
    this.#outboxes.set(issuer, outbox);
    const keys = [there(this.#keys.get(issuer))];
    return { issuer, keys, registrar: this.#record, outbox, now: () => Date.now() };
  }
}

/** Whether an honest speaker was refused, which must never be. */
export function isRefused(error: unknown): error is RefusedError {
  return error instanceof RefusedError;
}

function claimed(turn: number, random: Random) {
  return {
    // Of what the example's parties claim nothing: `up` would say that again, with their keys, once it is no more among the newest.
    indicator: "evaded-blocks" as const,
    period: { from: "2026-04-01", to: "2026-06-30" },
    says: "at-most" as const,
    value: `0.${10 + random.below(90)}`,
    method: null,
    words: `What is merged, counted for the ${turn}th time.`,
    source: "Invented statement of an invented party",
  };
}

function readingsOf(
  site: string,
  period: { readonly startMs: number; readonly endMs: number },
  milliwatts: number,
): SiteEvidence {
  const windowMs = 4000;
  const windows = emptyWindows(NODES, period, windowMs);
  for (let cell = 0; cell < windows.readings.length; cell++) {
    // Meters differ a little in each window and from period to period; else they would be told as a recording.
    const own = ((cell * 7919) % 60_000) + ((period.startMs / 1000) % 9973);
    windows.readings[cell] = 4;
    windows.powerMilliwatts[cell] = milliwatts + own;
    windows.energyMillijoules[cell] = 4 * (milliwatts + own);
  }
  const salt = toHex(sha256(utf8(`soak ${site} ${period.startMs}`)));
  return { salt, windows, jobs: undefined, counters: [], logs: [] };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
