import {
  compareRunning,
  type Decision,
  decide,
  GateError,
  type GateRules,
  isLease,
  type JobRequest,
  parseRequest,
  parseRunning,
  type RunningJobs,
  reviewOf,
  type ToStop,
} from "@standstill/gate";
import { isObject, reasonOf } from "@standstill/record";
import { gateRulesOf } from "@standstill/views";
import type { FollowedRecord } from "./followed-record.ts";
import type { LedgerFile } from "./ledger-file.ts";

/** What a gate stands for. */
export interface GateOptions {
  readonly record: FollowedRecord;
  readonly ledger: LedgerFile;
  readonly party: string;
  readonly site: string;
  /** POSIX milliseconds. */
  readonly now: () => number;
}

/** A job that is let in, as it is listed. */
export interface ListedJob {
  readonly job: string;
  readonly accelerators: number;
  readonly activity: string;
  readonly run: string | null;
  readonly since: number;
  readonly until: number;
}

/** What a gate answers to one question. */
export type GateAnswer =
  | Decision
  | { readonly ended: boolean }
  | { readonly jobs: readonly ListedJob[] }
  | { readonly stop: readonly ToStop[] }
  | RunningAnswer;

/** What came of a scheduler's word on what runs. */
export interface RunningAnswer {
  /** Jobs that run no more, and whose end nobody had told of. */
  readonly ended: readonly string[];
  /** Leases that go on, and those that do not: these jobs have to stop when their lease is out. */
  readonly renewed: readonly string[];
  readonly refused: readonly { readonly job: string; readonly sentence: string }[];
  /** Jobs that run and that this gate did not let in. */
  readonly unknown: readonly string[];
}

/**
 * Answers for one site of a party whether jobs may run, from a copy of the record and its own ledger. A job is asked about when it is submitted or
 * changed (`check`), when it starts or starts again (`start`), and told of when it ends (`end`). What a scheduler says runs is held against it (`running`).
 */
export class Gate {
  readonly #options: GateOptions;
  #rules: GateRules;
  #failure: string | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#rules = this.#read();
  }

  /** What it decides by. */
  get rules(): GateRules {
    return this.#rules;
  }

  /** Why the record could not be read the last time; the rules then stay as they were, and grow old. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Reads what the record has grown by, and ends jobs whose time limit has passed: their scheduler has stopped them. */
  async refresh(): Promise<void> {
    const now = this.#options.now();
    for (const held of [...this.#ledger.running.values()])
      if (!isLease(held) && held.until < now)
        await this.#options.ledger.write({ kind: "end", at: held.until, job: held.request.job });
    try {
      if (await this.#options.record.refresh()) this.#rules = this.#read();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = reasonOf(error);
    }
  }

  /**
   * Answers one question: an object with `op`, and for `check` and `start` the job.
   *
   * @throws GateError `malformed-request` for anything else
   */
  async answer(question: unknown): Promise<GateAnswer> {
    const { op, ...rest } = asked(question);
    if (op === "check") return this.check(parseRequest(rest));
    if (op === "start") return this.start(parseRequest(rest));
    if (op === "end") return this.end(String(rest.job));
    if (op === "list") return { jobs: this.list() };
    if (op === "running") return this.running(parseRunning(rest));
    if (op === "stop") return { stop: reviewOf(this.#rules, this.#ledger, this.#options.now()) };
    throw new GateError(
      "malformed-request",
      `expected op check, start, end, list, running or stop, got ${JSON.stringify(op) ?? "none"}`.slice(
        0,
        200,
      ),
    );
  }

  /** Whether a job may run; nothing is held back for it. */
  check(request: JobRequest): Decision {
    return decide(this.#rules, this.#ledger, request, this.#options.now());
  }

  /** Lets a job in where it may run: what it could do is held back, on disk, before it is told. */
  async start(request: JobRequest): Promise<Decision> {
    const at = this.#options.now();
    const decision = decide(this.#rules, this.#ledger, request, at);
    if (decision.decision === "allow" && request.accelerators > 0) {
      const { until, flop } = decision;
      await this.#options.ledger.write({ kind: "reserve", at, until, flop: String(flop), request });
    }
    return decision;
  }

  /** Tells that a job has ended. */
  async end(job: string): Promise<{ readonly ended: boolean }> {
    const ended = this.#ledger.running.has(job);
    if (ended) await this.#options.ledger.write({ kind: "end", at: this.#options.now(), job });
    return { ended };
  }

  /** Takes a scheduler's word on what runs: renews leases, makes up for ends that nobody told of, and names jobs that nobody let in. */
  async running(told: RunningJobs): Promise<RunningAnswer> {
    const { ended, toRenew, unknown } = compareRunning(this.#ledger, told, this.#options.now());
    for (const job of ended) await this.end(job);
    const asked: { job: string; decision: Decision }[] = [];
    for (const request of toRenew)
      asked.push({ job: request.job, decision: await this.start(request) });
    const isAllowed = ({ decision: { decision } }: (typeof asked)[number]) => decision === "allow";
    return {
      ended,
      unknown,
      renewed: asked.filter(isAllowed).map(({ job }) => job),
      refused: asked
        .filter((one) => !isAllowed(one))
        .map(({ job, decision: { sentence } }) => ({ job, sentence })),
    };
  }

  /** Jobs that are let in, the oldest first. */
  list(): ListedJob[] {
    return [...this.#ledger.running.values()]
      .map(({ request: { job, accelerators, activity, run }, since, until }) => ({
        job,
        accelerators,
        activity,
        run: run ?? null,
        since,
        until,
      }))
      .sort((a, b) => a.since - b.since);
  }

  get #ledger() {
    return this.#options.ledger.ledger;
  }

  #read(): GateRules {
    const { record, party, site } = this.#options;
    return gateRulesOf(record.state, party, site);
  }
}

function asked(question: unknown): Readonly<Record<string, unknown>> {
  if (isObject(question)) return question;
  throw new GateError("malformed-request", "expected an object with op, got something else");
}
