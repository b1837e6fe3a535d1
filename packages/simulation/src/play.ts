import { AgreementError, isCheckable, termsHash } from "@standstill/agreement";
import { type Bundle, countersIn, takeInReadings } from "@standstill/evidence/bundle";
import type { Telemetry } from "@standstill/evidence/telemetry";
import {
  adopt,
  claim,
  declareRun,
  declareSite,
  judgeReports,
  markTime,
  measure,
  measureIndicator,
  measurePublished,
  openCases,
  pledge,
  propose,
  report,
  vouchFor,
} from "@standstill/operation";
import type { Example } from "./example.ts";
import { measuredBodies } from "./indicators.ts";
import type { InventedParties } from "./parties.ts";

/** A program that checks records, by its bytes. */
export interface Program {
  readonly program: string;
  readonly version: string;
  readonly sha256: string;
}

/** What the example is played with, besides its parties. */
export interface Props {
  /** Opened only when readings have to be taken in. */
  readonly openTelemetry: () => Promise<Telemetry>;
  /** Programs that the keeper vouches for, each with the SHA-256 of its bytes. */
  readonly programs: readonly Program[];
  readonly onProgress: (what: string) => void;
}

/**
 * Plays the example to its end: propose, adopt, pledge, declare, report, measure, judge, ask for clarification. Every step is an act of `operation`, which says
 * only what the record does not hold yet; so an interrupted play goes on where it was.
 */
export async function playExample(
  example: Example,
  parties: InventedParties,
  props: Props,
): Promise<void> {
  const { keeper, record } = parties;
  checkSameAgreement(parties);
  await found(parties, props);
  for (const { party, mode, while: condition } of example.pledges) {
    // A party that has pledged otherwise since knows what it does.
    if (record.state.agreement.coalition.pledges.has(party)) continue;
    await pledge(parties.party(party), { mode, while: condition });
  }
  for (const bundle of example.bundles) await declare(bundle, parties);
  await reportBundles(example, parties, props);
  for (const { by, body } of example.bundles.flatMap(({ measurements }) => measurements))
    await measure(parties.party(by), body);
  await measurePublished(keeper, example.indicator);
  await sayIndicators(example, parties);
  const { unjudged } = await judgeReports(keeper, (party) =>
    props.onProgress(`${party}: judging, and playing evasions into its readings`),
  );
  for (const { party, because } of unjudged) props.onProgress(`${party}: not judged, ${because}`);
  await openCases(keeper);
  for (const program of props.programs) await vouchFor(keeper, program);
  const { clock, size } = record.state;
  if (clock.index !== size - 1) await markTime(keeper);
}

/** Only an empty record, or one of these very terms, is gone on with. */
function checkSameAgreement({ record, terms }: InventedParties): void {
  const { agreement, size } = record.state;
  if (size === 0 || agreement.hash === termsHash(terms)) return;
  const [got, place] =
    agreement.hash === undefined
      ? ["one whose terms this version does not read", "the record's first entry"]
      : ["one of another version or with other keys", `agreement ${agreement.hash.slice(0, 16)}…`];
  throw new AgreementError(
    "contradictory-terms",
    `expected a record of this agreement, got ${got}; choose another --data`,
    place,
  );
}

async function found(parties: InventedParties, { onProgress }: Props): Promise<void> {
  const { terms, keeper, record } = parties;
  if (record.state.agreement.terms === undefined) onProgress("adopting the agreement");
  await propose(keeper, { terms });
  for (const { id } of terms.parties) await adopt(parties.party(id), { terms: termsHash(terms) });
}

async function declare({ party, site, runs }: Bundle, parties: InventedParties): Promise<void> {
  const declared = parties.record.state.evidence;
  if (!declared.sites.has(site.site)) await declareSite(parties.party(party), site);
  for (const run of runs)
    if (!declared.runs.has(run.run)) await declareRun(parties.party(party), run);
}

/** Takes each bundle's readings in, and reports its period. */
async function reportBundles(
  { bundles, draft }: Example,
  parties: InventedParties,
  { openTelemetry, onProgress }: Props,
): Promise<void> {
  const { reportsOf } = parties.record.state.evidence;
  const missing = bundles.filter(({ site }) => !reportsOf.has(site.site));
  if (missing.length === 0 || !isCheckable(draft)) return;
  const telemetry = await openTelemetry();
  try {
    for (const bundle of missing) {
      const { party, site, period, jobs, readings } = bundle;
      onProgress(
        `${party}: taking in readings and sealing the period (${telemetry.status.engine})`,
      );
      await takeInReadings(bundle, telemetry);
      await report(parties.party(party), {
        site: site.site,
        period,
        salt: parties.saltOf(party, site.site, period.start),
        telemetry: readings.length === 0 ? undefined : telemetry,
        jobs,
        counters: countersIn(bundle, draft.window.milliseconds),
      });
    }
  } finally {
    await telemetry.close();
  }
}

/** Parties claim, and measure what they and others do. */
async function sayIndicators({ indicators }: Example, parties: InventedParties): Promise<void> {
  for (const { party, ...words } of indicators.claims)
    await claim(parties.party(party), { ...words, method: null });
  for (const planned of indicators.measurements)
    for (const body of measuredBodies(planned))
      await measureIndicator(parties.party(planned.by), body);
}
