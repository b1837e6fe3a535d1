import { DAY_MS } from "@standstill/record";
import { GateError } from "./error.ts";
import type { JobRequest } from "./request.ts";

/** Days of which sums are held: the longest time over which terms count. */
const MOST_DAYS = 3660;

/** A job that may run, and what is held back for it. */
export interface Reservation {
  readonly request: JobRequest;
  readonly flop: bigint;
  /** When it was let in, and until when it may run without asking again; POSIX milliseconds. */
  readonly since: number;
  readonly until: number;
}

/** Sums of what was done on one day. */
interface DaySums {
  all: bigint;
  undeclaredTraining: bigint;
  readonly byUse: Map<string, bigint>;
}

/** What counts for a question: sums of what is done and of what is held back, without one job. */
export interface LedgerSums {
  /** Training in a run. */
  readonly inRun: bigint;
  /** Everything, training without a run, and work for a use, within some days. */
  readonly all: (days: number) => bigint;
  readonly undeclaredTraining: (days: number) => bigint;
  readonly forUse: (use: string, days: number) => bigint;
}

/** A change of a ledger, as a line of its file says it. */
export type LedgerEvent =
  | {
      readonly kind: "reserve";
      readonly at: number;
      readonly until: number;
      readonly flop: string;
      readonly request: JobRequest;
    }
  | { readonly kind: "end"; readonly at: number; readonly job: string };

/**
 * What is reserved and used at the sites that one gate watches. A reservation holds back what a job could do at most; when it ends, the share
 * of its time that it ran is counted. The same job may reserve again, as after a requeue: what it ran until then is counted.
 */
export class Ledger {
  readonly #running = new Map<string, Reservation>();
  readonly #doneInRun = new Map<string, bigint>();
  readonly #days = new Map<number, DaySums>();

  /** Jobs that run, or may. */
  get running(): ReadonlyMap<string, Reservation> {
    return this.#running;
  }

  /** Takes a change in. */
  apply(event: LedgerEvent): void {
    if (event.kind === "end") {
      this.#end(event.job, event.at);
      return;
    }
    const { request, at, until, flop } = event;
    this.#end(request.job, at);
    this.#running.set(request.job, { request, since: at, until, flop: BigInt(flop) });
  }

  #end(job: string, at: number): void {
    const held = this.#running.get(job);
    if (held === undefined) return;
    this.#running.delete(job);
    const { request, since } = held;
    const flop = doneBy(held, at);
    if (request.activity === "training" && request.run !== undefined)
      this.#doneInRun.set(request.run, (this.#doneInRun.get(request.run) ?? 0n) + flop);
    const day = this.#dayOf(since);
    day.all += flop;
    if (isUndeclaredTraining(request)) day.undeclaredTraining += flop;
    if (request.use !== undefined)
      day.byUse.set(request.use, (day.byUse.get(request.use) ?? 0n) + flop);
  }

  #dayOf(at: number): DaySums {
    const number = Math.floor(at / DAY_MS);
    const known = this.#days.get(number);
    if (known !== undefined) return known;
    const day: DaySums = { all: 0n, undeclaredTraining: 0n, byUse: new Map() };
    this.#days.set(number, day);
    if (this.#days.size > MOST_DAYS) this.#days.delete(Math.min(...this.#days.keys()));
    return day;
  }

  /** Sums as of an instant, without what is held back for one job. */
  sums(now: number, without: string, run: string | undefined): LedgerSums {
    const others = [...this.#running.values()].filter(({ request }) => request.job !== without);
    const held = (of: (request: JobRequest) => boolean) =>
      others.reduce((sum, one) => (of(one.request) ? sum + one.flop : sum), 0n);
    // What the job itself ran until now counts, as if it ended here.
    const own = this.#running.get(without);
    const ownDone = own === undefined ? 0n : doneBy(own, now);
    const ownIf = (is: boolean | undefined) => (is === true ? ownDone : 0n);
    const within = (days: number, of: (day: DaySums) => bigint) => {
      const first = Math.floor(now / DAY_MS) - days;
      let sum = 0n;
      for (const [number, day] of this.#days) if (number > first) sum += of(day);
      return sum;
    };
    return {
      inRun:
        (run === undefined ? 0n : (this.#doneInRun.get(run) ?? 0n)) +
        held((one) => one.activity === "training" && one.run === run && run !== undefined) +
        ownIf(own?.request.activity === "training" && own.request.run === run && run !== undefined),
      all: (days) => within(days, ({ all }) => all) + held(() => true) + ownDone,
      undeclaredTraining: (days) =>
        within(days, ({ undeclaredTraining }) => undeclaredTraining) +
        held(isUndeclaredTraining) +
        ownIf(own !== undefined && isUndeclaredTraining(own.request)),
      forUse: (use, days) =>
        within(days, ({ byUse }) => byUse.get(use) ?? 0n) +
        held((one) => one.use === use) +
        ownIf(own?.request.use === use),
    };
  }

  /** The changes that make this ledger again, fewer than there were. */
  *toEvents(): Generator<LedgerEvent | LedgerSnapshot> {
    yield {
      kind: "sums",
      runs: [...this.#doneInRun].map(([run, flop]) => [run, String(flop)]),
      days: [...this.#days].map(([day, sums]) => ({
        day,
        all: String(sums.all),
        undeclaredTraining: String(sums.undeclaredTraining),
        uses: [...sums.byUse].map(([use, flop]) => [use, String(flop)]),
      })),
    };
    for (const { request, since, until, flop } of this.#running.values())
      yield { kind: "reserve", at: since, until, flop: String(flop), request };
  }

  /** A ledger from the changes that were written, or from fewer that stand for them. @throws GateError for others */
  static of(events: Iterable<LedgerEvent | LedgerSnapshot>): Ledger {
    const ledger = new Ledger();
    for (const event of events) {
      if (event.kind === "sums") ledger.#restore(event);
      else ledger.apply(event);
    }
    return ledger;
  }

  #restore({ runs, days }: LedgerSnapshot): void {
    if (this.#days.size + this.#running.size + this.#doneInRun.size > 0)
      throw new GateError("malformed-ledger", "expected sums at the beginning, got them later");
    for (const [run, flop] of runs) this.#doneInRun.set(run, BigInt(flop));
    for (const { day, all, undeclaredTraining, uses } of days)
      this.#days.set(day, {
        all: BigInt(all),
        undeclaredTraining: BigInt(undeclaredTraining),
        byUse: new Map(uses.map(([use, flop]) => [use, BigInt(flop)])),
      });
  }
}

/** Sums that stand for all changes before them. Amounts are FLOP in decimal. */
export interface LedgerSnapshot {
  readonly kind: "sums";
  readonly runs: readonly (readonly [run: string, flop: string])[];
  readonly days: readonly {
    readonly day: number;
    readonly all: string;
    readonly undeclaredTraining: string;
    readonly uses: readonly (readonly [use: string, flop: string])[];
  }[];
}

/** What a job may have done by an instant: its share of time, rounded up; past its end it counts as long as it ran. */
function doneBy({ flop, since, until }: Reservation, at: number): bigint {
  const all = BigInt(Math.max(1, until - since));
  const ran = BigInt(Math.max(0, at - since));
  return (flop * ran + all - 1n) / all;
}

function isUndeclaredTraining({ activity, run }: JobRequest): boolean {
  return activity === "training" && run === undefined;
}
