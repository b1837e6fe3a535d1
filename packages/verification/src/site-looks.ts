import { EvidenceError, type Period } from "@standstill/evidence";
import { type ActivityTable, ActivityTableReader } from "@standstill/evidence/activity";
import { accountOf } from "./account/index.ts";
import { type GapTold, gap } from "./finding.ts";
import { type LogSubject, logSubjectOf } from "./logs/log-subject.ts";
import { notALog } from "./logs/readable.ts";
import { siteLogTerms } from "./logs/site-log-terms.ts";
import { isGap, type Looks, type SiteInSpan } from "./looks.ts";
import type { Subject } from "./subject.ts";
import { within } from "./within.ts";
import { logWords } from "./words/index.ts";

/** A site's evidence in the spans that are asked about, each cut and summed up once. */
export class SiteLooks implements Looks {
  readonly period: Period;
  readonly #subject: Subject;
  readonly #sites = new Map<string, SiteInSpan>();
  readonly #logs = new Map<string, LogSubject>();
  #table: ActivityTable | GapTold | undefined;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.period = subject.period;
  }

  site(span: Period): SiteInSpan {
    const known = this.#sites.get(nameOf(span));
    if (known !== undefined) return known;
    const subject = within(this.#subject, span);
    const part = { subject, account: accountOf(subject) };
    this.#sites.set(nameOf(span), part);
    return part;
  }

  log(span: Period): LogSubject | GapTold {
    const known = this.#logs.get(nameOf(span));
    if (known !== undefined) return known;
    this.#table ??= tableOf(this.#subject);
    if (isGap(this.#table)) return this.#table;
    const { terms, site, period } = this.#subject;
    const logTerms = siteLogTerms(terms, site, period);
    const alike = firstAlike(logTerms.devices.map(({ device }) => device));
    if (alike !== undefined) return gap("log-devices-alike", logWords.devicesAlike(alike));
    const log = logSubjectOf(this.#table, logTerms, span);
    this.#logs.set(nameOf(span), log);
    return log;
  }

  isTooShort(span: Period): boolean {
    return this.site(span).subject.evidence.windows?.count === 0;
  }
}

/** The logs of a period's evidence as one table; a gap where there are none, or where they are no logs. */
function tableOf({ evidence: { logs } }: Subject): ActivityTable | GapTold {
  if (logs.length === 0) return gap("no-log", logWords.noLog());
  const reader = new ActivityTableReader();
  try {
    for (const { name, content } of logs) {
      reader.begin(name);
      reader.bytes(content);
      reader.end();
    }
    const table = reader.table();
    return notALog(table) ?? table;
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return gap("log-unreadable", logWords.unreadable(error.message));
  }
}

/** The first name that stands twice. */
function firstAlike(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

function nameOf({ startMs, endMs }: Period): string {
  return `${startMs} ${endMs}`;
}
