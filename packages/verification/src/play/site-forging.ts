import { dutiesIfBound } from "@standstill/agreement";
import type { Run, SiteEvidence } from "@standstill/evidence";
import { there } from "@standstill/record";
import type { Random } from "@standstill/statistics";
import { nothingBeside, type Subject } from "../subject.ts";
import { type PlayedSite, type SiteColumns, setPower, work } from "./honest-site.ts";

/** A site whose columns may be changed without touching the one that it was made from. */
export function copied(site: PlayedSite): PlayedSite {
  const { power, tensor, sm, memory, sent } = site.columns;
  const counter = <T extends SiteColumns["tensor"]>(one: T): T => ({
    ...one,
    readings: one.readings.slice(),
    values: one.values.slice(),
  });
  const columns: SiteColumns = {
    power: {
      ...power,
      readings: power.readings.slice(),
      powerMilliwatts: power.powerMilliwatts.slice(),
      energyMillijoules: power.energyMillijoules.slice(),
    },
    tensor: counter(tensor),
    sm: counter(sm),
    memory: counter(memory),
    sent: counter(sent),
  };
  const evidence: SiteEvidence = {
    ...site.subject.evidence,
    windows: columns.power,
    counters: [columns.memory, columns.sent, columns.sm, columns.tensor],
  };
  return { ...site, columns, subject: { ...site.subject, evidence } };
}

/** The site with other declarations. */
export function declaring(site: PlayedSite, runs: readonly Run[]): PlayedSite {
  const beside = {
    ...site.subject.beside,
    allRuns: runs.map((run) => ({
      party: site.subject.party,
      run,
      site: site.subject.site,
      notBeforeMs: site.subject.period.startMs,
    })),
  };
  return { ...site, subject: { ...site.subject, runs, beside } };
}

/** The site under other terms, bound to a cap all the time. */
export function agreeing(site: PlayedSite, terms: Subject["terms"]): PlayedSite {
  const { party, period } = site.subject;
  const duties = dutiesIfBound(terms, party, "cap", period.startMs, period.endMs);
  return { ...site, subject: { ...site.subject, terms, duties } };
}

/** The site with something else that others measured. */
export function measured(site: PlayedSite, more: Subject["beside"]["measurements"]): PlayedSite {
  const beside = {
    ...nothingBeside,
    ...site.subject.beside,
    measurements: [...site.subject.beside.measurements, ...more],
  };
  return { ...site, subject: { ...site.subject, beside } };
}

/** A stretch of windows, a share of all of them, somewhere. */
export function stretchOf(site: PlayedSite, random: Random, size: number) {
  const { count } = site.columns.power;
  const length = Math.max(1, Math.min(count, Math.floor(count * size)));
  const from = random.below(count - length + 1);
  return { from, to: from + length };
}

/** Some nodes train together in a stretch, whatever they did before; what others meter of it is metered too. */
export function trainOn(
  site: PlayedSite,
  nodes: readonly number[],
  stretch: { readonly from: number; readonly to: number },
  random: Random,
): PlayedSite {
  const before = energyOf(site);
  const stints = nodes.map((node) => ({
    node,
    ...stretch,
    activity: "training" as const,
    run: "hidden",
  }));
  work(site.columns, stints, site.columns.power.count, random);
  for (const node of nodes)
    for (let w = stretch.from; w < stretch.to; w++) {
      const cell = node * site.columns.power.count + w;
      const { tensor, sm, memory, sent } = site.columns;
      for (const counter of [tensor, sm, memory, sent]) counter.readings[cell] = 2;
    }
  return meteredBy(site, energyOf(site) - before);
}

/** Energy of a site's meters in J. */
export function energyOf({ columns }: PlayedSite): number {
  let joules = 0;
  for (const energy of columns.power.energyMillijoules) joules += energy / 1000;
  return Math.floor(joules);
}

/** What somebody else's meter sees more, or less, than before. */
export function meteredBy(site: PlayedSite, joules: number): PlayedSite {
  const measurements = site.subject.beside.measurements.map((one) =>
    one.measured.kind === "energy"
      ? {
          ...one,
          measured: {
            ...one.measured,
            energy: `${Math.max(0, Math.floor(Number(one.measured.energy.split(" ")[0]) + joules))} J`,
          },
        }
      : one,
  );
  return {
    ...site,
    subject: { ...site.subject, beside: { ...site.subject.beside, measurements } },
  };
}

/** Multiplies the power that the site's own meters tell of some windows. */
export function scalePower(
  { columns: { power } }: PlayedSite,
  cells: Iterable<number>,
  thousandths: number,
): void {
  for (const cell of cells) {
    if (power.readings[cell] === 0) continue;
    setPower(power, cell, Math.floor((there(power.powerMilliwatts[cell]) * thousandths) / 1000));
  }
}

/** Cells of some nodes in a stretch. */
export function* cellsOf(
  { columns }: PlayedSite,
  nodes: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): Generator<number> {
  for (const node of nodes) for (let w = from; w < to; w++) yield node * columns.power.count + w;
}

/** A run with other tokens, so many hundredths of before. */
export function withTokens(run: Run, hundredths: number): Run {
  if (run.work.basis !== "tokens") return run;
  const tokens = (BigInt(there(run.work.tokens.split(" ")[0])) * BigInt(hundredths)) / 100n;
  return { ...run, work: { ...run.work, tokens: `${tokens} tokens` } };
}
