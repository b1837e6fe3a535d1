import type { Period } from "@standstill/evidence";
import { type Account, accountOf } from "./account/index.ts";
import { checks } from "./checks/index.ts";
import { opening } from "./checks/opening.ts";
import { type DutyInForce, dutiesInForce, dutyWithin, spansOf } from "./duties-in-force.ts";
import { type Check, type Checked, type CheckResult, type FindingTold, gap } from "./finding.ts";
import { withPlansLeft } from "./stop/plans-left.ts";
import type { Subject } from "./subject.ts";
import { within } from "./within.ts";
import { gapWords } from "./words/index.ts";

/** A finding with the check that has it. */
export type FindingByCheck = FindingTold & { readonly check: string };

/** What checks say of one duty. */
export interface DutyChecked extends Checked {
  readonly duty: DutyInForce;
}

/**
 * Runs every check for each duty that it serves, over the time in which that duty was in force. What a check sees outside of that time accuses
 * nobody: it looks at the evidence from that time only, or at the whole where it says so.
 */
export function checkDuties(
  subject: Subject,
  duties: readonly DutyInForce[],
  asked: readonly Check[] = [opening, ...checks],
): DutyChecked[] {
  const parts = new Parts(subject);
  return duties.map((duty) => {
    const spans = spansOf(duty);
    const serving = asked.filter(({ serves }) => serves.includes(duty.kind));
    const results = serving.flatMap((check) =>
      check.of === "evidence" && check.whole === true
        ? spans.slice(0, 1).map(() => ({ check, result: parts.whole(check) }))
        : spans.map((span) => ({ check, result: parts.run(check, dutyWithin(duty, span), span) })),
    );
    const unserved = serving.length === 0 && spans.length > 0;
    return {
      duty,
      findings: unique(
        results.flatMap(({ check: { id }, result }) =>
          result.findings.map((finding) => ({ check: id, duty: duty.id, ...finding })),
        ),
        ({ check, about, detail }) => `${check} ${about} ${detail}`,
      ),
      gaps: unique(
        [
          ...results.flatMap(({ result }) => result.gaps),
          ...(spans.some((span) => parts.isTooShort(span))
            ? [gap("time-too-short", gapWords.timeTooShort())]
            : []),
          ...(unserved ? [gap("not-checked", gapWords.notChecked())] : []),
        ].map((one) => ({ ...one, duty: duty.id })),
        ({ code, sentence }) => `${code} ${sentence}`,
      ),
    };
  });
}

/** What the checks say of a subject's evidence, each thing with the duty that it is about; whether it is what was sealed is not asked. */
export function runChecks(subject: Subject): Checked {
  const checked = checkDuties(withPlansLeft(subject), dutiesInForce(subject), checks);
  return {
    findings: checked.flatMap(({ findings }) => findings),
    gaps: checked.flatMap(({ gaps }) => gaps),
  };
}

/** A subject in the spans that are asked about, each cut and summed up once. */
class Parts {
  readonly #subject: Subject;
  readonly #parts = new Map<string, { readonly subject: Subject; readonly account: Account }>();
  readonly #results = new Map<string, CheckResult>();

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  run(check: Check, duty: DutyInForce, span: Period): CheckResult {
    const { subject, account } = this.#part(span);
    if (check.of === "duty") return check.run(duty, subject, account);
    return this.#once(`${check.id} ${nameOf(span)}`, () => check.run(subject, account));
  }

  /** What a check says of the whole period. */
  whole(check: Extract<Check, { readonly of: "evidence" }>): CheckResult {
    const { subject, account } = this.#part(this.#subject.period);
    return this.#once(check.id, () => check.run(subject, account));
  }

  /** Whether no window of readings lies wholly in a span. */
  isTooShort(span: Period): boolean {
    return this.#part(span).subject.evidence.windows?.count === 0;
  }

  #once(name: string, run: () => CheckResult): CheckResult {
    const result = this.#results.get(name) ?? run();
    this.#results.set(name, result);
    return result;
  }

  #part(span: Period) {
    const known = this.#parts.get(nameOf(span));
    if (known !== undefined) return known;
    const subject = within(this.#subject, span);
    const part = { subject, account: accountOf(subject) };
    this.#parts.set(nameOf(span), part);
    return part;
  }
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

/**
 * What the checks find that an injected evasion reruns, many times: those of the evidence that can expose a cheat, but for counters, into which
 * nothing is injected.
 */
export function findingsOf(subject: Subject, account: Account): readonly FindingByCheck[] {
  return checks.flatMap((check) =>
    check.of === "evidence" &&
    check.accuses &&
    check.reruns !== false &&
    !check.needs.includes("counters")
      ? check.run(subject, account).findings.map((finding) => ({ check: check.id, ...finding }))
      : [],
  );
}
