import type { Draft } from "@standstill/agreement";
import { decide, Ledger, parseRequest, reviewOf } from "@standstill/gate";
import { computeVerdict } from "@standstill/verification";
import { gateRulesOf, type Pause, pauseOf, roundOf } from "@standstill/views";
import { declareSite, declareTraining, PERIOD_MS, reportPeriod } from "./site.ts";
import { type DrillLine, Stage } from "./stage.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When the drill's clock begins. It has nothing to do with the day on which it is played. */
const BEGIN = Date.parse("2027-01-01T00:00:00.000Z");

/** A job that a gate was asked about in a drill. */
export interface AskedJob {
  readonly job: string;
  readonly when: string;
  readonly decision: "allow" | "refuse";
  readonly sentence: string;
}

/** A part of a drill: what was said in it, and what it came to. */
export interface DrillAct {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly DrillLine[];
  /** Sentences about what holds at its end. */
  readonly holds: readonly string[];
}

/** What a drill came to. */
export interface Drill {
  readonly acts: readonly DrillAct[];
  readonly jobs: readonly AskedJob[];
  /** How each site had stopped, by its reports, before and after the case. */
  readonly stops: { readonly first: Pause; readonly last: Pause };
  readonly entries: number;
  /** Whether replaying all entries from nothing came to the same. */
  readonly isReplayed: boolean;
}

/**
 * Rehearses a pause on an agreement with invented parties, from the tripwire to the lifting, with a record in memory and a clock set by hand: it trips by two
 * measurers, jobs are refused and listed to stop, all but one stop, the case about that one goes through silence, ruling and
 * remedy, safeguards are accepted, the vote passes, the limits are lifted after notice, and a ramp stays.
 *
 * @param draft the example's agreement: its parties, roles and clauses are played by name
 * @param onProgress told what is being played
 */
export function playDrill(draft: Draft, onProgress: (what: string) => void = () => {}): Drill {
  const stage = new Stage({ ...draft, ...WITHOUT_WITNESSES }, BEGIN);
  const acts: DrillAct[] = [];
  const jobs: AskedJob[] = [];
  const ledger = new Ledger();
  const act = (title: string, about: string, play: () => readonly string[]) => {
    onProgress(title);
    const first = stage.lines.length;
    const holds = play();
    acts.push({ title, about, lines: stage.lines.slice(first), holds });
  };
  const pauses: Pause[] = [];
  const pause = () => {
    const holds = pauseOf(stage.state);
    if (holds === null) throw new Error("expected a pause, got none");
    pauses.push(holds);
  };
  act("In force", IN_FORCE, () => inForce(stage, ledger, jobs));
  act("The tripwire", TRIPS, () => trip(stage));
  act("The brake", BRAKES, () => brake(stage, ledger, jobs));
  act("The stop", STOPS, () => {
    const holds = stop(stage);
    pause();
    return holds;
  });
  act("The case", CASE, () => {
    const holds = settle(stage);
    pause();
    return holds;
  });
  act("The lifting", LIFTS, () => lift(stage, ledger, jobs));
  const [first, last] = pauses as [Pause, Pause];
  const { entries, isSame } = stage.replaysTheSame();
  return { acts, jobs, stops: { first, last }, entries, isReplayed: isSame };
}

/** A drill keeps no log, so there is nothing to cosign. */
const WITHOUT_WITNESSES: Pick<Draft, "witnesses" | "witnessQuorum" | "marks"> = {
  witnesses: [],
  witnessQuorum: 0,
  marks: { everyHours: 24, beacon: "none" },
};

const IN_FORCE =
  "The parties adopt the agreement and pledge, each for as long as four of the five are bound. Aster and Cedar train.";
const TRIPS =
  "Two measurers whom the agreement names find that Aster’s models do half of the tasks that take people more than two months. The line is article-4-horizon.";
const BRAKES =
  "From this entry on training is bound to nothing. Gates refuse it; what the agreement leaves goes on.";
const STOPS = "Each party says what has to stop, stops at the agreed hour, and reports its meters.";
const CASE =
  "The readings of Dune do not fit with a stop. Nobody may say so by himself: a case has to show it.";
const LIFTS =
  "Safeguards are accepted by their assessors, the parties vote, and the notice runs. A ramp stays for a time.";

function partiesOf({ draft }: Stage): readonly string[] {
  return draft.parties.map(({ id }) => id);
}

function inForce(stage: Stage, ledger: Ledger, jobs: AskedJob[]): string[] {
  const { draft, terms } = stage;
  stage.say(draft.keeper.id, "agreement/propose", { terms }, "proposes the agreement");
  const hash = stage.state.agreement.hash as string;
  for (const party of partiesOf(stage))
    stage.say(party, "agreement/adopt", { terms: hash }, "adopts it");
  for (const party of partiesOf(stage))
    stage.say(
      party,
      "pledge/make",
      { mode: "cap", while: { kind: "count", atLeast: 4 } },
      "pledges",
    );
  for (const party of partiesOf(stage)) declareSite(stage, party);
  stage.until(BEGIN + DAY_MS);
  for (const party of partiesOf(stage)) judged(stage, party, false, "as a baseline");
  stage.until(BEGIN + 30 * DAY_MS + 12 * HOUR_MS);
  for (const party of ["aster", "cedar"]) declareTraining(stage, party, 60);
  const request = jobOf("aster-train", "aster/run-1", 24);
  const { decision, until, flop } = asks(
    stage,
    ledger,
    jobs,
    "aster",
    request,
    "before the tripwire",
  );
  if (decision === "allow")
    ledger.apply({ kind: "reserve", at: stage.now, until, flop: String(flop), request });
  return [boundSentence(stage)];
}

function trip(stage: Stage): string[] {
  stage.until(BEGIN + 31 * DAY_MS);
  for (const party of ["borealis", "dune"]) {
    const result = { value: "21000", low: "18100", high: "25300", isBeyondInstrument: false };
    stage.say(
      ...([party, "indicator/measure"] as const),
      {
        indicator: "task-horizon-p50",
        evidenceClass: "measurer",
        subject: "aster",
        result,
        period: { from: "2027-01-01", to: "2027-01-31" },
        method: { name: "metr-task-horizon", version: 1 },
        parameters: { penalty: "0" },
        commitment: "5a".repeat(32),
        rows: 700,
      },
      "measures of Aster: a task horizon of 21,000 minutes (18,100 to 25,300)",
    );
  }
  const { tripwires, pause } = roundOf(stage.state);
  const level = tripwires.find(({ id }) => id === "article-4-horizon")?.level;
  return [
    `article-4-horizon is ${level}; ${pause?.trigger} binds everybody to a pause.`,
    boundSentence(stage),
  ];
}

function brake(stage: Stage, ledger: Ledger, jobs: AskedJob[]): string[] {
  const when = "in the pause";
  asks(stage, ledger, jobs, "aster", jobOf("aster-more", "aster/run-1", 1), when);
  asks(
    stage,
    ledger,
    jobs,
    "aster",
    { ...jobOf("aster-chat", undefined, 24), activity: "inference" },
    when,
  );
  const small = { accelerators: 2, seconds: 1800, use: "safety-research" };
  const safety = { ...jobOf("aster-safety", undefined, 1), ...small };
  asks(stage, ledger, jobs, "aster", safety, when);
  const toStop = reviewOf(gateRulesOf(stage.state, "aster", "aster/hall"), ledger, stage.now);
  for (const { job } of toStop) ledger.apply({ kind: "end", at: stage.now + 72 * HOUR_MS, job });
  const shown = pauseOf(stage.state)?.sites.filter((site) => site.shown !== null) ?? [];
  return [
    `Aster’s gate lists to stop: ${toStop.map(({ job }) => job).join(", ")}.`,
    `${shown.length} of ${partiesOf(stage).length} sites have shown a stop: reports from before do not count.`,
  ];
}

function stop(stage: Stage): string[] {
  const since = stage.now;
  stage.until(since + 12 * HOUR_MS);
  for (const party of partiesOf(stage)) {
    const jobs = party === "aster" || party === "cedar" ? 1 : 0;
    stage.say(
      ...([party, "stop/ready"] as const),
      {
        site: `${party}/hall`,
        jobs,
        needsHours: 6,
        text: "State is saved every hour.",
        baseline: [...(stage.state.evidence.reportsOf.get(`${party}/hall`) ?? [])][0],
      },
      `is ready: ${jobs} ${jobs === 1 ? "job" : "jobs"} to stop`,
    );
  }
  stage.until(since + 72 * HOUR_MS);
  for (const party of partiesOf(stage))
    stage.say(
      ...([party, "stop/done"] as const),
      { site: `${party}/hall`, text: "Nothing trains here." },
      "says that it has stopped",
    );
  stage.until(since + 72 * HOUR_MS + PERIOD_MS);
  for (const party of partiesOf(stage)) judged(stage, party, party === "dune");
  return (pauseOf(stage.state)?.sites ?? []).map(
    ({ party, standing }) => `${stage.nameOf(party)}: ${STANDING[standing]}.`,
  );
}

const STANDING = {
  waiting: "has said nothing",
  ready: "is ready",
  said: "says that it has stopped",
  shown: "its report shows that it idles",
  running: "its report shows that it does not idle",
} as const;

/** A party reports, and the keeper judges. */
function judged(stage: Stage, party: string, isTraining: boolean, as = "") {
  const report = reportPeriod(stage, party, isTraining, as);
  const hash = stage.state.evidence.reports.get(report)?.body.evidence as string;
  const verdict = computeVerdict(stage.state, report, stage.evidence(hash));
  const what = `publishes the verdict on ${stage.nameOf(party)}: ${verdict.verdict}`;
  stage.say(stage.draft.keeper.id, "verdict/publish", verdict, what);
}

function settle(stage: Stage): string[] {
  const name = "dune/stop";
  const verdict = [...stage.state.verdicts.verdicts.values()].findLast(
    ({ body }) => body.party === "dune",
  );
  const findings = [
    ...new Set(
      verdict?.body.obligations.flatMap((one) => one.findings.map(({ check }) => check)) ?? [],
    ),
  ];
  const open = {
    case: name,
    party: "dune",
    verdict: verdict?.id,
    findings,
    question: "Your meters show 1,075 W an accelerator where idling takes 350. What ran?",
  };
  stage.say("aster", "case/open", open, `asks Dune about: ${findings.join(", ")}`);
  const standard = stage.draft.adjudication?.standard as string;
  const ruling = {
    case: name,
    party: "dune",
    violation: "found",
    standard,
    reasons: "The meters show training after the stop, and Dune has not said what ran.",
    remedy: { text: "Stop all training and show it by a report.", withinHours: 72 },
  };
  const early = stage.sayInVain("panel", "case/rule", ruling, ["cedar", "ember"]);
  stage.until(stage.now + 16 * DAY_MS);
  const own = stage.sayInVain("panel", "case/rule", ruling, ["dune", "ember"]);
  const what = "rules: a violation, to be remedied within 72 hours";
  stage.say("panel", "case/rule", ruling, what, ["cedar", "ember"]);
  stage.until(stage.now + 2 * DAY_MS);
  judged(stage, "dune", false);
  const remedy = { case: name, text: "The hall idles since yesterday.", evidence: null };
  stage.say("dune", "case/remedy", remedy, "says that it has remedied it");
  const confirmed = { ...ruling, violation: "remedied", remedy: undefined, reasons: "Shown." };
  const { remedy: _, ...plain } = confirmed;
  stage.say("panel", "case/rule", plain, "rules: remedied", ["cedar", "ember"]);
  const [one] = roundOf(stage.state).cases;
  return [
    `A ruling before Dune’s time to answer was out was refused: ${early}.`,
    `A ruling with Dune’s own member was refused: ${own}.`,
    `The case is ${one?.phase}; its outcome: ${one?.outcome}.`,
  ];
}

function lift(stage: Stage, ledger: Ledger, jobs: AskedJob[]): string[] {
  for (const { id } of stage.draft.safeguards ?? [])
    stage.say(
      ...(["assessors", "safeguard/accept"] as const),
      { safeguard: id, accepted: true, evidence: "6b".repeat(32), reasons: "Tried and seen." },
      `accepts the safeguard ${id}`,
      ["borealis", "dune"],
    );
  const ask = { question: "lift", about: "Whether to lift the limits." };
  stage.say(stage.draft.keeper.id, "vote/open", ask, "opens the vote on lifting");
  for (const party of partiesOf(stage)) {
    const ballot = party === "ember" ? "no" : "yes";
    stage.say(party, "vote/cast", { question: "lift", ballot }, `votes ${ballot}`);
  }
  const announced = stage.now;
  asks(
    stage,
    ledger,
    jobs,
    "cedar",
    jobOf("cedar-early", "cedar/run-1", 1),
    "before the notice is out",
  );
  stage.until(announced + (stage.draft.lift?.noticeDays ?? 0) * DAY_MS);
  const { ended } = stage.state.agreement.coalition;
  const run = declareTraining(stage, "borealis", 30);
  asks(stage, ledger, jobs, "borealis", jobOf("borealis-small", run, 1), "on the ramp");
  asks(stage, ledger, jobs, "borealis", jobOf("borealis-large", run, 200), "on the ramp");
  const days = ended === undefined ? 0 : Math.round((ended.at - BEGIN) / DAY_MS);
  return [`${ended?.how ?? "Nothing"} on day ${days}. ${boundSentence(stage)}`];
}

function jobOf(job: string, run: string | undefined, hours: number) {
  return parseRequest({
    job,
    accelerators: 16,
    accelerator: "h100-sxm5",
    seconds: hours * 3600,
    ...(run === undefined ? {} : { run }),
  });
}

function asks(
  stage: Stage,
  ledger: Ledger,
  jobs: AskedJob[],
  party: string,
  request: ReturnType<typeof jobOf>,
  when: string,
) {
  const rules = gateRulesOf(stage.state, party, `${party}/hall`);
  const decision = decide(rules, ledger, request, stage.now);
  const { sentence } = decision;
  jobs.push({ job: request.job, when, decision: decision.decision, sentence });
  return decision;
}

function boundSentence({ state, draft }: Stage): string {
  const { bound } = state.agreement.coalition;
  const modes = [...new Set(bound.values())];
  return bound.size === 0
    ? "Nobody is bound."
    : `${bound.size} of ${draft.parties.length} are bound, to ${modes.join(" and ")}.`;
}
