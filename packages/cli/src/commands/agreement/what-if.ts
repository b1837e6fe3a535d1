import { robustnessOf, rulesOf, type Terms, whatIf } from "@standstill/agreement";
import { EXIT } from "../../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { stateOf } from "../../record-target.ts";
import { changeWords, nameIn } from "./words.ts";

/** What `standstill agreement what-if` supposes. */
export interface WhatIfOptions {
  readonly finding: readonly string[];
  readonly gone: readonly string[];
  readonly verified: readonly string[];
  readonly tripped: readonly string[];
  readonly accepted: readonly string[];
  readonly ruled: readonly string[];
  readonly at?: number;
  readonly json: boolean;
}

/** `standstill agreement what-if`: who would follow whom out, in order and with days. */
export async function whatIfCommand(
  target: string,
  options: WhatIfOptions,
  terminal: Terminal,
): Promise<number> {
  const { terms, coalition } = await agreementOf(target);
  const parties = terms.parties.map(({ id }) => id);
  refuseUnknown("parties", parties, [...options.finding, ...options.gone, ...options.verified]);
  refuseUnknown(
    "tripwires",
    (terms.tripwires ?? []).map(({ id }) => id),
    options.tripped,
  );
  refuseUnknown(
    "safeguards",
    (terms.safeguards ?? []).map(({ id }) => id),
    options.accepted,
  );
  const { json: asJson, at, ...supposed } = options;
  const { rounds, changes, bound } = whatIf(rulesOf(terms), coalition, {
    ...supposed,
    findings: options.finding,
    ...(at === undefined ? {} : { at }),
  });
  if (asJson) {
    terminal.out(json({ rounds, changes, bound: [...bound.keys()] }));
    return EXIT.ok;
  }
  const name = nameIn(terms);
  const names = (ids: Iterable<string>) => [...ids].map(name).join(", ") || "nobody";
  terminal.out(
    [
      rounds.length === 0
        ? "Nobody would drop out at once."
        : `${rounds.flat().length} of ${coalition.bound.size} bound parties would drop out at once.`,
      ...rounds.map((round, i) => `  ${i + 1}. ${names(round)}`),
      ...(changes.length === 0
        ? []
        : [
            "What would change, if nothing else is said:",
            ...changes.map((one) => `  ${changeWords(one, name)}`),
          ]),
      `Still bound: ${names(bound.keys())}.`,
    ].join("\n"),
  );
  return EXIT.ok;
}

/** Options of `standstill agreement robustness`. */
export interface RobustnessOptions {
  readonly periods: number;
  readonly rate?: number;
  readonly trials: number;
  readonly seed: number;
  readonly json: boolean;
}

/** `standstill agreement robustness`: the chance that false alarms alone would break a coalition. */
export async function robustnessCommand(
  target: string,
  options: RobustnessOptions,
  terminal: Terminal,
): Promise<number> {
  const { terms, coalition } = await agreementOf(target);
  // The budget of the terms is for all parties together.
  const budget = Number(terms.goals?.falseAlarmRate ?? "0.05") / terms.parties.length;
  const rate = options.rate ?? budget;
  const { periods: periodsPerYear, trials, seed } = options;
  const result = robustnessOf(rulesOf(terms), coalition, {
    periodsPerYear,
    falseAlarmRate: rate,
    trials,
    seed,
  });
  if (options.json) {
    terminal.out(
      json({ ...result, falseAlarmRate: rate, periodsPerYear, fragile: [...result.fragile] }),
    );
    return EXIT.ok;
  }
  const name = nameIn(terms);
  const percent = (share: number) => `${(share * 100).toPrecision(2)} %`;
  terminal.out(
    [
      `False alarms alone would break the coalition with a chance of ${percent(result.chanceOfBreaking)} a year.`,
      `It rests on ${result.parties} bound parties, ${periodsPerYear} periods a year and a false alarm in ${percent(rate)} of a party's periods: ${result.expectedAlarmsPerYear.toPrecision(2)} alarms a year are to be expected, at least one with a chance of ${percent(result.chanceOfAnyAlarm)}. ${result.method === "exact" ? "All cases were gone through." : `${trials} random years were tried, with seed ${seed}.`}`,
      "",
      table(
        ["an alarm against", "takes out at once"],
        [...result.fragile].map(([party, out]) => [
          name(party),
          out.map(name).join(", ") || "nobody",
        ]),
      ),
    ].join("\n"),
  );
  return EXIT.ok;
}

async function agreementOf(target: string) {
  const { terms, coalition } = (await stateOf(target)).agreement;
  if (terms !== undefined) return { terms: terms as Terms, coalition };
  throw new UsageError(
    "expected a record with terms, got one without",
    "Name a record in which an agreement was proposed.",
  );
}

function refuseUnknown(what: string, known: readonly string[], named: readonly string[]): void {
  const unknown = named.find((one) => !known.includes(one));
  if (unknown === undefined) return;
  throw new UsageError(
    `expected ${what} of the agreement (${known.join(", ") || "it has none"}), got "${unknown}"`,
    "Name one of them.",
  );
}
