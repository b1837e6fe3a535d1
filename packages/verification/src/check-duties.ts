import { logRulesOf } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import type { Account } from "./account/index.ts";
import { checks } from "./checks/index.ts";
import { opening } from "./checks/opening.ts";
import { type DutyInForce, dutiesInForce, dutyWithin, spansOf } from "./duties-in-force.ts";
import {
  type Check,
  type Checked,
  type CheckResult,
  type ExposingCheck,
  type FindingTold,
  gap,
  type Played,
} from "./finding.ts";
import { isGap, type Looks } from "./looks.ts";
import { SiteLooks } from "./site-looks.ts";
import { withPlansLeft } from "./stop/plans-left.ts";
import type { Subject } from "./subject.ts";
import { gapWords, logWords } from "./words/index.ts";

/** A finding with the check that has it. */
export type FindingByCheck = FindingTold & { readonly check: string };

/** What checks say of one duty. */
export interface DutyChecked extends Checked {
  readonly duty: DutyInForce;
}

/** What checks said before, by the name of the check; of a check of one duty, with the duty's id after it. */
export type KnownResults = ReadonlyMap<string, CheckResult>;

/**
 * Runs every check for each duty that it serves, over the time in which that duty was in force. What a check sees outside of that time accuses
 * nobody: it looks at the evidence from that time only, or at the whole where it says so.
 */
export function checkDuties(
  subject: Subject,
  duties: readonly DutyInForce[],
  asked: readonly Check[] = [opening, ...checks],
): DutyChecked[] {
  return checkServing(new SiteLooks(subject), duties, asked);
}

/**
 * The kernel: what each of the checks that are asked says of each duty that it serves, whether it looks at a site's readings or at activity logs.
 *
 * @param known what checks said before of all of the period, so that they need not run again
 */
export function checkServing(
  looks: Looks,
  duties: readonly DutyInForce[],
  asked: readonly Check[],
  known: KnownResults = new Map(),
): DutyChecked[] {
  const run = runner(looks, known);
  return duties.map((duty) => {
    const spans = spansOf(duty);
    const serving = asked.filter((check) => isServing(check, duty));
    const results = serving.flatMap((check) =>
      check.of === "evidence" && check.whole === true
        ? spans.slice(0, 1).map(() => ({ check, result: run(check, duty, looks.period) }))
        : spans.map((span) => ({ check, result: run(check, dutyWithin(duty, span), span) })),
    );
    const unserved = serving.length === 0 && spans.length > 0;
    return {
      duty,
      findings: unique(
        results.flatMap(({ check: { id }, result }) =>
          result.findings.map((finding) => ({ check: id, duty: duty.id, ...finding })),
        ),
        ({ check, about, sentence, detail }) => `${check} ${about} ${sentence} ${detail}`,
      ),
      gaps: unique(
        [
          ...results.flatMap(({ result }) => result.gaps),
          ...(spans.some((span) => looks.isTooShort(span))
            ? [gap("time-too-short", gapWords.timeTooShort())]
            : []),
          ...(unserved ? [gap("not-checked", gapWords.notChecked())] : []),
        ].map((one) => ({ ...one, duty: duty.id })),
        ({ code, sentence }) => `${code} ${sentence}`,
      ),
    };
  });
}

/** Whether what a check says counts for a duty: it serves the duty's kind and, where it speaks to one rule of logs, the duty asks for that rule. */
export function isServing(check: Check, duty: DutyInForce): boolean {
  if (!check.serves.includes(duty.kind)) return false;
  if (check.of !== "log") return true;
  return duty.stretches.some(
    ({ duty: { obligation } }) =>
      obligation.kind !== "activity-log" || logRulesOf(obligation).includes(check.rule),
  );
}

/** Runs checks, each once for a span; of a check of one duty, once for that duty. */
function runner(looks: Looks, known: KnownResults) {
  const results = new Map<string, CheckResult>();
  const once = (name: string, run: () => CheckResult): CheckResult => {
    const result = results.get(name) ?? run();
    results.set(name, result);
    return result;
  };
  return (check: Check, duty: DutyInForce, span: Period): CheckResult => {
    const name =
      check.of === "duty" || check.of === "log-duty" ? `${check.id} ${duty.id}` : check.id;
    return known.get(name) ?? once(`${name} ${nameOf(span)}`, () => look(looks, check, duty, span));
  };
}

function look(looks: Looks, check: Check, duty: DutyInForce, span: Period): CheckResult {
  if (check.of === "log" || check.of === "log-duty") {
    const log = looks.log(span);
    if (isGap(log)) return { findings: [], gaps: [log] };
    if (check.of === "log-duty") return check.run(duty, log);
    if (log.isTooShort)
      return { findings: [], gaps: [gap("time-too-short", logWords.nothingInside())] };
    return check.run(log);
  }
  const site = looks.site(span);
  if (isGap(site)) return { findings: [], gaps: [site] };
  const { subject, account } = site;
  return check.of === "evidence" ? check.run(subject, account) : check.run(duty, subject, account);
}

/** What the checks say of a subject's evidence, each thing with the duty that it is about; whether it is what was sealed is not asked. */
export function runChecks(subject: Subject): Checked {
  const checked = checkDuties(withPlansLeft(subject), dutiesInForce(subject), checks);
  return {
    findings: checked.flatMap(({ findings }) => findings),
    gaps: checked.flatMap(({ gaps }) => gaps),
  };
}

function nameOf({ startMs, endMs }: Period): string {
  return `${startMs} ${endMs}`;
}

/** Each thing once: what is of no time is seen in every span. */
function unique<Told>(told: readonly Told[], nameOf: (one: Told) => string): Told[] {
  const seen = new Map<string, Told>();
  for (const one of told) if (!seen.has(nameOf(one))) seen.set(nameOf(one), one);
  return [...seen.values()];
}

/** What the checks find that can expose an evasion; they run again after each that is played in, many times. */
export function findingsOf(
  subject: Played,
  account: Account,
  exposing: readonly ExposingCheck[],
): readonly FindingByCheck[] {
  return exposing.flatMap((check) =>
    check.run(subject, account).findings.map((finding) => ({ check: check.id, ...finding })),
  );
}
