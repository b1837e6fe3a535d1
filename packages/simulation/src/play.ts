import {
  AgreementError,
  type Draft,
  isCheckable,
  type Terms,
  termsHash,
} from "@standstill/agreement";
import { encodeEvidence, sealEvidence } from "@standstill/evidence";
import { type Bundle, siteEvidenceOf } from "@standstill/evidence/bundle";
import type { Telemetry } from "@standstill/evidence/telemetry";
import { claimsOnRecord, measuredOnRecord, measurementBody } from "@standstill/indicators";
import {
  type Json,
  type NoteVerifier,
  type SignedStatement,
  signStatement,
  toHex,
  utf8,
} from "@standstill/record";
import type { State } from "@standstill/replay";
import { computeVerdict } from "@standstill/verification";
import { keyOf, termsWithKeys } from "./adoption.ts";
import type { Example } from "./example.ts";
import { measuredBodies } from "./indicators.ts";
import type { Keyring } from "./keyring.ts";

/** What the parties need of whoever keeps the record. */
export interface Registrar {
  readonly state: State;
  append(signed: SignedStatement): Promise<{ index: number; id: string }>;
  storeEvidence(bytes: Uint8Array): Promise<string>;
  readEvidence(hash: string): Promise<Uint8Array>;
  /** Publishes what was said, and returns the cosigned checkpoint over it. */
  publish(): Promise<string>;
}

/** How the example is played. */
export interface PlayOptions {
  readonly example: Example;
  readonly keyring: Keyring;
  /** The log's key, where the keyring does not hold it. */
  readonly log?: NoteVerifier | undefined;
  readonly registrar: Registrar;
  /** Opened only when readings have to be taken in. */
  readonly openTelemetry: () => Promise<Telemetry>;
  /** Present time in POSIX milliseconds. */
  readonly now: () => number;
  readonly onProgress: (what: string) => void;
  /** Programs that the keeper vouches for, each with the SHA-256 of its bytes. */
  readonly programs: readonly Program[];
}

/** A program that checks records, by its bytes. */
export interface Program {
  readonly program: string;
  readonly version: string;
  readonly sha256: string;
}

/**
 * Plays the example to its end: propose, adopt, pledge, declare, report, measure, judge, ask for clarification. Every step is taken only if the record
 * does not hold it yet, so an interrupted play goes on where it was.
 */
export async function playExample(options: PlayOptions): Promise<void> {
  const { example } = options;
  const terms = termsWithKeys(example.draft, options.keyring, options.log);
  const { hash } = options.registrar.state.agreement;
  if (hash !== undefined && hash !== termsHash(terms)) {
    throw new AgreementError(
      "contradictory-terms",
      "expected a record of this agreement, got one of another version or with other keys; choose another --data",
      `agreement ${hash.slice(0, 16)}…`,
    );
  }
  await adopt(options, terms);
  for (const pledge of example.pledges) {
    if (options.registrar.state.agreement.coalition.pledges.has(pledge.party)) continue;
    await say(options, pledge.party, "pledge/make", {
      mode: pledge.mode,
      while: pledge.while as unknown as Json,
    });
  }
  for (const bundle of example.bundles) await declare(options, bundle);
  await report(options, example.draft);
  await measure(options, example.draft.keeper.id);
  await sayIndicators(options);
  await judgeReports(options, example.draft.keeper.id);
  await openCases(options, example.draft.keeper.id);
  for (const program of options.programs) await vouchFor(options, program);
  const { clock, size } = options.registrar.state;
  if (clock.index !== size - 1) await markTime(options);
}

/** What it takes to say something: whose example, with which keys, to whom, and what time it is. */
export type SpeakerOptions = Pick<PlayOptions, "example" | "keyring" | "log" | "registrar" | "now">;

/** The keeper says what time it is, so that what was said before lies before it, and deadlines pass. */
export async function markTime(options: SpeakerOptions): Promise<void> {
  const time = new Date(Math.max(options.now(), options.registrar.state.clock.at)).toISOString();
  const { draft } = options.example;
  const witnessed = draft.marks?.witnessed === true;
  await say(options, draft.keeper.id, "time/mark", {
    time,
    ...(witnessed ? { checkpoint: await options.registrar.publish() } : {}),
  });
}

/** The keeper says that a sealed report was handed in, by its name. */
export async function receiveReport(options: SpeakerOptions, report: string): Promise<void> {
  if (options.registrar.state.intake.received.has(report)) return;
  await say(options, options.example.draft.keeper.id, "intake/receive", { report });
}

/** The keeper says which bytes a program has, unless that is its last word on it already. */
async function vouchFor(options: SpeakerOptions, one: Program): Promise<void> {
  const { id } = options.example.draft.keeper;
  const before = options.registrar.state.programs.get(one.program)?.get(id);
  if (before?.sha256 === one.sha256 && before.version === one.version) return;
  await say(options, id, "program/vouch", { ...one });
}

async function adopt(options: PlayOptions, terms: Terms): Promise<void> {
  const { registrar } = options;
  if (registrar.state.agreement.terms === undefined) {
    options.onProgress("adopting the agreement");
    await say(options, terms.keeper.id, "agreement/propose", { terms: terms as unknown as Json });
  }
  const missing = terms.parties.filter(({ id }) => !registrar.state.agreement.adopted.has(id));
  for (const { id } of missing)
    await say(options, id, "agreement/adopt", { terms: termsHash(terms) });
}

async function declare(options: PlayOptions, bundle: Bundle): Promise<void> {
  const { sites, runs } = options.registrar.state.evidence;
  if (!sites.has(bundle.site.site)) {
    await say(
      options,
      bundle.party,
      "site/declare",
      bundle.site as unknown as { [key: string]: Json },
    );
  }
  for (const run of bundle.runs) {
    if (!runs.has(run.run))
      await say(options, bundle.party, "run/declare", run as unknown as { [key: string]: Json });
  }
}

async function report(options: PlayOptions, draft: Draft): Promise<void> {
  const reported = () =>
    new Set([...options.registrar.state.evidence.reports.values()].map(({ body }) => body.site));
  const missing = options.example.bundles.filter((bundle) => !reported().has(bundle.site.site));
  if (missing.length === 0 || !isCheckable(draft)) return;
  const telemetry = await options.openTelemetry();
  try {
    for (const bundle of missing) {
      options.onProgress(
        `${bundle.party}: taking in readings and sealing the period (${telemetry.status.engine})`,
      );
      const salt = toHex(globalThis.crypto.getRandomValues(new Uint8Array(32)));
      const evidence = await siteEvidenceOf(bundle, telemetry, draft.window.milliseconds, salt);
      const seal = sealEvidence(evidence);
      const feeds = [
        ...(evidence.windows === undefined ? [] : [{ kind: "node-power", signer: bundle.party }]),
        ...(evidence.jobs === undefined ? [] : [{ kind: "accounting", signer: bundle.party }]),
        ...(evidence.counters.length === 0 ? [] : [{ kind: "counters", signer: bundle.party }]),
      ];
      await say(options, bundle.party, "period/report", {
        site: bundle.site.site,
        period: bundle.period,
        feeds,
        seal: { root: seal.root, energyMillijoules: `${seal.energyMillijoules}` },
        evidence: await options.registrar.storeEvidence(encodeEvidence(evidence)),
      });
    }
  } finally {
    await telemetry.close();
  }
  for (const { by, body } of missing.flatMap(({ measurements }) => measurements))
    await say(options, by, "measurement/report", body as unknown as { [key: string]: Json });
}

async function judgeReports(options: PlayOptions, keeper: string): Promise<void> {
  const { registrar } = options;
  for (const [id, { body, party }] of registrar.state.evidence.reports) {
    if (registrar.state.verdicts.verdicts.has(id)) continue;
    options.onProgress(`${party}: judging, and playing evasions into its readings`);
    const verdict = computeVerdict(
      registrar.state,
      id,
      await registrar.readEvidence(body.evidence),
    );
    await say(options, keeper, "verdict/publish", verdict as unknown as { [key: string]: Json });
  }
}

async function measure(options: PlayOptions, keeper: string): Promise<void> {
  const { registrar, example } = options;
  if (registrar.state.indicators.measurements.size > 0) return;
  const { text, source, from } = example.indicator;
  const hash = await registrar.storeEvidence(utf8(text));
  const body = measurementBody(text, hash, from, source);
  await say(options, keeper, "indicator/measure", body as unknown as { [key: string]: Json });
}

/** Parties claim, and measure what they and others do. */
async function sayIndicators(options: PlayOptions): Promise<void> {
  const { registrar, example } = options;
  const { indicators } = registrar.state;
  const claims = example.indicators.claims.slice(claimsOnRecord(indicators).length);
  for (const { party, ...claim } of claims)
    await say(options, party, "indicator/claim", { ...claim, method: null });
  const bodies = example.indicators.measurements.flatMap((planned) =>
    measuredBodies(planned).map((body) => ({ by: planned.by, body })),
  );
  for (const { by, body } of bodies.slice(measuredOnRecord(indicators).length))
    await say(options, by, "indicator/measure", body as unknown as { [key: string]: Json });
}

/** The keeper asks each party with findings to clarify them: one case for each verdict. */
async function openCases(options: PlayOptions, keeper: string): Promise<void> {
  const { verdicts, cases } = options.registrar.state;
  for (const { id, body } of verdicts.verdicts.values()) {
    const findings = body.obligations.flatMap((obligation) => obligation.findings);
    const name = `${body.site}/clarification`;
    if (findings.length === 0 || cases.cases.has(name)) continue;
    await say(options, keeper, "case/open", {
      case: name,
      party: body.party,
      verdict: id,
      findings: [...new Set(findings.map(({ check }) => check))],
      question: findings.map(({ detail }) => detail).join(" "),
    });
  }
}

async function say(
  { registrar, keyring, log, example, now }: SpeakerOptions,
  issuer: string,
  type: string,
  body: { readonly [key: string]: Json },
): Promise<void> {
  const before = registrar.state.issuers.get(issuer);
  const issuedAt = new Date(
    Math.max(now(), Date.parse(before?.lastIssuedAt ?? "1970-01-01T00:00:00.000Z")),
  ).toISOString();
  const agreement =
    registrar.state.agreement.hash ?? termsHash(termsWithKeys(example.draft, keyring, log));
  const statement = {
    type,
    version: 1 as const,
    agreement,
    issuer,
    sequence: before?.next ?? 0,
    issuedAt,
    body,
  };
  await registrar.append(signStatement(statement, keyOf(keyring, issuer)));
}
