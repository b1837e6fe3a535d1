import {
  type Decision,
  decide,
  type JobRequest,
  Ledger,
  parseRequest,
  reviewOf,
} from "@standstill/gate";
import { HOUR_MS } from "@standstill/record";
import { gateRulesOf } from "@standstill/views";
import type { Stage } from "./stage.ts";

/** A job that a gate was asked about in a drill. */
export interface AskedJob {
  readonly job: string;
  readonly when: string;
  readonly decision: "allow" | "refuse";
  readonly sentence: string;
}

/** The gates of all parties with one ledger, and what they were asked. */
export class DrillGate {
  readonly asked: AskedJob[] = [];
  readonly #stage: Stage;
  readonly #ledger = new Ledger();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /**
   * Asks a party's gate about a job.
   *
   * @param when in which part of the drill, in words
   */
  ask(party: string, request: JobRequest, when: string): Decision {
    const answer = decide(this.#rules(party), this.#ledger, request, this.#stage.now);
    const { decision, sentence } = answer;
    this.asked.push({ job: request.job, when, decision, sentence });
    return answer;
  }

  /** Asks about a job, and starts it where it may run. */
  start(party: string, request: JobRequest, when: string): void {
    const { decision, until, flop } = this.ask(party, request, when);
    const at = this.#stage.now;
    if (decision === "allow")
      this.#ledger.apply({ kind: "reserve", at, until, flop: String(flop), request });
  }

  /** The jobs that a party's gate lists to stop; they end in time. */
  stopListed(party: string, withinHours: number): readonly string[] {
    const toStop = reviewOf(this.#rules(party), this.#ledger, this.#stage.now);
    const at = this.#stage.now + withinHours * HOUR_MS;
    for (const { job } of toStop) this.#ledger.apply({ kind: "end", at, job });
    return toStop.map(({ job }) => job);
  }

  #rules(party: string) {
    return gateRulesOf(this.#stage.state, party, `${party}/hall`);
  }
}

/** Sixteen accelerators for so many hours, for a declared run where one is named. */
export function jobOf(job: string, run: string | undefined, hours: number): JobRequest {
  return parseRequest({
    job,
    accelerators: 16,
    accelerator: "h100-sxm5",
    seconds: hours * 3600,
    ...(run === undefined ? {} : { run }),
  });
}
