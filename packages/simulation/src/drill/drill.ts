import type { Draft } from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { type Pause, pauseOf } from "@standstill/views";
import { brake } from "./acts/brake.ts";
import { inForce } from "./acts/in-force.ts";
import { lift } from "./acts/lift.ts";
import { settle } from "./acts/settle.ts";
import { stop } from "./acts/stop.ts";
import { trip } from "./acts/trip.ts";
import { type AskedJob, DrillGate } from "./drill-gate.ts";
import { type DrillLine, Stage } from "./stage.ts";

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

/** When the drill's clock begins. It has nothing to do with the day on which it is played. */
const BEGIN = Date.parse("2027-01-01T00:00:00.000Z");

/**
 * Rehearses a pause on an agreement with invented parties, from the tripwire to the lifting, with a record in memory and a clock set by hand: it trips by two
 * measurers, jobs are refused and listed to stop, all but one stop, the case about that one goes through silence, ruling and
 * remedy, safeguards are accepted, the vote passes, the limits are lifted after notice, and a ramp stays.
 *
 * @param draft the example's agreement: its parties, roles and clauses are played by name
 * @param onProgress told what is being played
 */
export async function playDrill(
  draft: Draft,
  onProgress: (what: string) => void = () => {},
): Promise<Drill> {
  const stage = new Stage({ ...draft, ...WITHOUT_WITNESSES }, BEGIN);
  const gate = new DrillGate(stage);
  const acts: DrillAct[] = [];
  const act = async (title: string, about: string, play: () => Promise<readonly string[]>) => {
    onProgress(title);
    const first = stage.lines.length;
    const holds = await play();
    acts.push({ title, about, lines: stage.lines.slice(first), holds });
  };
  await act("In force", IN_FORCE, () => inForce(stage, gate));
  await stage.until(BEGIN + 31 * DAY_MS);
  await act("The tripwire", TRIPS, () => trip(stage));
  await act("The brake", BRAKES, () => brake(stage, gate));
  await act("The stop", STOPS, () => stop(stage));
  const first = pauseIn(stage);
  await act("The case", CASE, () => settle(stage));
  const last = pauseIn(stage);
  await act("The lifting", LIFTS, () => lift(stage, gate, BEGIN));
  const { entries, isSame } = stage.replaysTheSame();
  return { acts, jobs: gate.asked, stops: { first, last }, entries, isReplayed: isSame };
}

function pauseIn({ state }: Stage): Pause {
  const pause = pauseOf(state);
  if (pause === null) throw new Error("expected a pause, got none");
  return pause;
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
