import { type Change, INDICATORS, type IndicatorName } from "@standstill/agreement";
import type { VerdictValue } from "@standstill/verification";
import type { PublishedRound } from "@standstill/views";

/** Shape and word of each verdict: never colour alone. */
export const VERDICT_MARKS: Record<
  VerdictValue,
  { readonly shape: string; readonly word: string; readonly means: string }
> = {
  verified: { shape: "●", word: "verified", means: "Shown, to the agreed probability." },
  unverified: { shape: "◌", word: "unverified", means: "Not shown; the gap is named." },
  anomalous: { shape: "▲", word: "anomalous", means: "Findings to clarify; no ruling." },
  violation: { shape: "■", word: "violation", means: "By ruling." },
};

/** The mark of what a verdict did not judge, because nothing was owed. */
export const NOT_JUDGED = {
  shape: "–",
  word: "not judged",
  means: "The party owed nothing in that time.",
} as const;

/** Adversaries as table heads. */
export const ADVERSARIES: Record<string, string> = {
  "leaves-meters-alone": "who leaves the meters alone",
  "writes-own-readings": "who writes the readings",
};

/** Evasions as row heads. */
export const EVASIONS: Record<string, string> = {
  "training-as-inference": "Training declared as inference",
  "undeclared-run": "Undeclared run beside declared work",
};

/** How sure a finding is, in words. */
export const SEVERITIES: Record<"contradiction" | "suspicion", string> = {
  contradiction: "The evidence contradicts what was declared.",
  suspicion: "It is unlikely if what was declared is true, and not impossible.",
};

/** What an account is measured by. */
export const FEEDS: Record<"energy" | "counters" | "meter" | "accounting", string> = {
  energy: "by energy",
  counters: "by counters",
  meter: "by another's meter",
  accounting: "by accounting",
};

/** What a measure rests on; two that share something err together. */
export const RESTS_ON: Record<string, string> = {
  "node-power": "the meters of nodes",
  counters: "the counters of accelerators",
  meter: "the other's meter",
  accounting: "the scheduler's accounting",
  efficiency: "the agreed efficiency",
  "tensor-pipe": "the agreed rate of busy pipes",
  utilization: "the agreed utilization",
};

/** Levels of a tripwire in words. */
export const TRIPWIRES: Record<string, string> = {
  quiet: "not near",
  watch: "watched",
  alert: "on alert",
  tripped: "tripped",
};

/** Indicators in words. */
export const INDICATOR_WORDS: Readonly<Record<IndicatorName, string>> = {
  "task-horizon-p50": "Length of tasks of which models do half",
  "task-horizon-p80": "Length of tasks of which models do four of five",
  "task-horizon-doubling": "Time in which that length doubles",
  "progress-ratio": "Pace of progress against the pace before",
  "optimisation-speedup": "How much faster models make the same code",
  "next-step-hard": "Models’ next step better, where humans took a detour",
  "next-step-control": "Models’ next step better, where humans were strong",
  "task-success": "Success on tasks",
  "ai-line-share": "Share of merged lines that AI wrote",
  "ai-surviving-share": "Share of today’s lines that AI wrote",
  "attribution-coverage": "Share of lines that say who wrote them",
  throughput: "Lines merged against the time before",
  "human-review-coverage": "Share of AI’s lines that a human approved",
  "ai-only-share": "Share of lines that only AI wrote and approved",
  "unverified-claims": "Runs in which an agent claimed what it had not verified",
  "evaded-blocks": "Runs in which an agent worked round a block",
  subversions: "Confirmed subversions",
  "unattended-minutes": "How long one run in a thousand goes without a human",
  "interventions-per-run": "How often humans step in, per run",
  "agent-workdays": "Agent days for each human day",
  "loop-closure": "Share of work that runs through all stages without a human",
  "uplift-self-report": "Uplift, by what people say",
  "uplift-measured": "Uplift, as measured",
};

/** An indicator's value with its unit. */
export function indicatorAmount(indicator: IndicatorName, value: number): string {
  const { unit } = INDICATORS[indicator];
  const digits = (of: number) => (of >= 100 ? of.toFixed(0) : String(Number(of.toPrecision(2))));
  if (unit === "share") return `${digits(value * 100)} %`;
  if (unit === "minutes") return value < 120 ? `${digits(value)} min` : `${digits(value / 60)} h`;
  if (unit === "days") return `${digits(value)} days`;
  return unit === "times" ? `${digits(value)} times` : digits(value);
}

/** What others found of a claim. */
export const STANDINGS = {
  reproduced: "Reproduced by",
  contradicted: "Contradicted by",
  disputed: "Disputed:",
  unsupported: "Unsupported: nobody else has measured it.",
} as const;

/** Ways in which a claim puts a number. */
export const CLAIM_SAYS = { exactly: "", "at-least": "at least", "at-most": "at most" } as const;

/** Thousandths of days as whole days. */
export function days(millidays: number): string {
  return `${Math.round(millidays / 1000)} days`;
}

/** Modes in words. */
export const MODES: Record<string, string> = { cap: "a cap", taper: "a taper", pause: "a pause" };

/** The answer in a sentence, and what stands behind it in a second. */
export function answer(round: PublishedRound): {
  readonly sentence: string;
  readonly rest: string;
} {
  const { parties, bound } = round;
  const named = (value: VerdictValue) =>
    parties.filter(({ verdict }) => verdict === value).map(({ name }) => name);
  const unverified = parties.filter(({ verdict }) => verdict === "unverified");
  const alone = unverified.every(({ duties }) =>
    duties.some(({ gaps }) => gaps.some(({ code }) => code === "own-feeds-only")),
  );
  const why = alone ? " because nobody independent meters" : "; the gaps are named below";
  const clauses = [
    clause(named("violation"), "is in violation by ruling", "are in violation by ruling"),
    clause(named("anomalous"), "has findings to clarify", "have findings to clarify"),
    clause(
      named("unverified"),
      `is unverified${why}${alone ? " its power" : ""}`,
      `are unverified${why}${alone ? " their power" : ""}`,
    ),
    clause(
      named("verified"),
      "is verified to the agreed probability",
      "are verified to the agreed probability",
    ),
  ].filter((text) => text !== "");
  return {
    sentence: `The standstill holds for ${bound.length} of ${parties.length} parties.`,
    rest: clauses.join(" "),
  };
}

/** Names as a sentence lists them: "A, B and C". */
export function list(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? "")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function clause(names: readonly string[], one: string, several: string): string {
  return names.length === 0 ? "" : `${list(names)} ${names.length === 1 ? one : several}.`;
}

/** One change of who is bound, as the end of a sentence about its party or the agreement. */
export function changeWords({ status, mode, trigger }: Change): string {
  switch (status) {
    case "bound":
      return `became bound to ${MODES[mode ?? "cap"]}`;
    case "triggered":
      return `${trigger} raised everybody to ${MODES[mode ?? "cap"]}`;
    case "trigger-over":
      return `${trigger} no longer holds`;
    default:
      return CHANGES[status] ?? status;
  }
}

const CHANGES: Record<string, string> = {
  offered: "pledged, and waits for the others",
  called: "was called, and starts with the others",
  suspended: "suspended its obligations",
  dropped: "dropped out",
  withdrawn: "left",
  lapsed: "let its offer lapse",
  ended: "is free, as the agreement has ended",
  "condition-met": "the condition of entry was met",
  "condition-lost": "the condition of entry was lost again",
  "in-force": "the agreement entered into force",
  extended: "the agreement was extended",
  "lift-announced": "the condition of lifting was met",
  "lift-cancelled": "the condition of lifting was lost again",
  lifted: "the limits were lifted",
  expired: "the agreement ended by its own terms",
};

/** An amount written "123 FLOP" with two significant digits, as "1.2e2 FLOP". */
export function rounded(text: string): string {
  const [digits = "0", unit = ""] = text.split(" ");
  if (digits.length <= 4) return text;
  const value = Number(digits);
  return `${value.toExponential(1).replace("e+", "e")} ${unit}`;
}

/** Number of an amount written "123 FLOP". */
export function numberOf(text: string): number {
  return Number(text.split(" ")[0]);
}

/** A day and time in UTC, as "17 May 2024, 15:38 UTC". */
export function instant(text: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${format.format(new Date(text)).replace(" at ", ", ")} UTC`;
}

/** A day in UTC, as "17 May 2024". */
export function day(text: string | undefined): string {
  if (text === undefined) return "no day yet";
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(text),
  );
}

/** Who takes a step of a case, where it is not the party that was asked. */
export const ACTORS = {
  accused: "the party",
  party: "another party",
  keeper: "the keeper",
  inspectors: "inspectors",
  panel: "the panel",
} as const;

/** What has become of a step. */
export const STEP_STANDINGS = {
  done: "done",
  late: "done too late",
  silent: "passed in silence",
  stopped: "stopped by a vote",
  skipped: "skipped",
  due: "due by",
  "to-come": "to come",
} as const;

/** What somebody did in a case. */
export const CASE_DEEDS = {
  opened: "asked",
  answered: "answered",
  took: "took the step",
  extended: "gave more time for",
  voted: "voted on",
  ruled: "ruled",
  appealed: "appealed",
  remedied: "said that it has remedied it",
  withdrew: "took the case back",
} as const;

/** How far a site has come in a pause. */
export const STOP_STANDINGS = {
  waiting: "Has said nothing.",
  ready: "Is ready.",
  said: "Says that it has stopped.",
  kept: "Its meters show that it idles.",
  "not-kept": "The verdict has findings that speak against a stop.",
  "not-shown": "Its readings do not show whether it stopped.",
} as const;

/** Where a safeguard stands. */
export const SAFEGUARD_STANDINGS = {
  open: "Nobody has handed anything in.",
  submitted: "Handed in, not assessed.",
  accepted: "Accepted.",
  "taken-back": "Its acceptance was taken back.",
} as const;

/** How a case ended, or stands for now. */
export const CASE_OUTCOMES = {
  open: "open",
  found: "a violation was found",
  "not-found": "no violation was found",
  remedied: "a violation was found and remedied",
  unremedied: "a violation was found and is not remedied",
  answered: "a question was answered",
  lapsed: "nobody ruled in time, so no violation is found",
  stopped: "stopped by a vote",
  withdrawn: "taken back",
} as const;
