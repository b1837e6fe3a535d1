// Longer than most: the stages of one step share what they change, and read in the order in which they happen.
import { type Condition, NOTHING_ASKED } from "../conditions/condition.ts";
import { type Candidate, settle } from "../reading/circuit.ts";
import { Met } from "../reading/met.ts";
import { isAtLeast, type Mode } from "../terms/mode.ts";
import { heldPastOf } from "./held-past.ts";
import { nextInstant } from "./next-instant.ts";
import { decisionsOf, isSameWorld, pledgeIndex } from "./pledge-index.ts";
import type { Act, Change, CoalitionRules, Milestone, Pledge, Standing } from "./rules.ts";
import { type Coalition, type CoalitionEvent, circumstancesOf, type HeldPast } from "./state.ts";

/** The coalition after one event, time before it having passed. */
export function takeStep(
  rules: CoalitionRules,
  before: Coalition,
  event: CoalitionEvent,
): Coalition {
  if (before.ended !== undefined)
    return { ...before, at: event.at, facts: event.facts ?? before.facts, rounds: [] };
  return unmoved(rules, before, event) ?? moved(rules, before, event);
}

/** The coalition after an event that moves nobody: no act, no time that is up, and the world decides as before. */
function unmoved(
  rules: CoalitionRules,
  before: Coalition,
  event: CoalitionEvent,
): Coalition | undefined {
  if (event.acts.length > 0 || event.at >= before.wakesAt) return undefined;
  const facts = event.facts ?? before.facts;
  const waited = { ...before, at: event.at, facts, rounds: [] };
  const index = pledgeIndex(rules, before.pledges);
  if (!isSameWorld(index, circumstancesOf(rules, waited), before.world)) return undefined;
  const held = heldPastOf(rules, waited);
  const now = { ...waited, held };
  return { ...now, wakesAt: nextInstant(rules, now) };
}

function moved(rules: CoalitionRules, before: Coalition, event: CoalitionEvent): Coalition {
  const step = new Step(rules, before, event);
  step.takeActs();
  step.takeWithdrawals();
  step.raiseModes();
  step.settleBound();
  step.callAndStart();
  step.liftOrEnd();
  return step.coalition();
}

class Step {
  readonly #rules: CoalitionRules;
  readonly #event: CoalitionEvent;
  readonly #at: number;
  #pledges: ReadonlyMap<string, Pledge>;
  readonly #standings: Map<string, Standing>;
  readonly #changes: Change[] = [];
  #now: Coalition;
  readonly #before: Coalition;
  /** Mode that triggers raise everybody to. */
  #floor: Mode;
  /** Whose standing or pledge changed since who is bound was last brought up to date. */
  readonly #touched = new Set<string>();
  #isFloorNew = false;
  #met: Met | undefined;

  constructor(rules: CoalitionRules, before: Coalition, event: CoalitionEvent) {
    this.#rules = rules;
    this.#event = event;
    this.#at = event.at;
    this.#before = before;
    this.#floor = floorOf(rules, before.triggered);
    this.#pledges = before.pledges;
    this.#standings = new Map(before.standings);
    // What held until this instant held last at this instant.
    const held = new Map<string, HeldPast>();
    for (const [key, past] of before.held)
      held.set(key, past.now ? { ...past, last: event.at } : past);
    this.#now = { ...before, at: event.at, facts: event.facts ?? before.facts, held, rounds: [] };
  }

  takeActs(): void {
    const made = this.#event.acts.filter((act) => act.act === "pledge");
    if (made.length > 0) {
      const pledges = new Map(this.#pledges);
      for (const { party, pledge } of made) pledges.set(party, pledge);
      this.#pledges = pledges;
    }
    for (const act of this.#event.acts) this.#take(act);
    if (!pledgeIndex(this.#rules, this.#pledges).hasWindows) return;
    for (const [party, standing] of this.#standings) {
      const openMs = this.#pledges.get(party)?.openMs;
      if (standing.status === "offered" && openMs !== undefined)
        if (this.#at >= standing.since + openMs) this.#set(party, { status: "lapsed" });
    }
  }

  #take(act: Act): void {
    const standing = this.#standings.get(act.party);
    if (act.act === "pledge") {
      const stays = standing?.status === "bound" || standing?.status === "suspended";
      if (stays) this.#stand(act.party, { ...standing, endsAt: undefined });
      else this.#set(act.party, { status: "offered" });
      return;
    }
    if (standing === undefined) return;
    if (act.act === "suspend" && standing.status === "bound")
      this.#set(act.party, { ...keptBy(standing), status: "suspended" });
    if (act.act === "resume" && standing.status === "suspended")
      this.#set(act.party, { ...keptBy(standing), status: "bound" });
    if (act.act === "withdraw") {
      const isBound = standing.status === "bound" || standing.status === "suspended";
      const notice = this.#at + this.#rules.withdrawal.noticeMs;
      const endsAt = act.endsAt ?? (isBound ? notice : this.#at);
      this.#stand(act.party, { ...standing, endsAt });
    }
  }

  /** Withdrawals whose time has come, unless something holds them back. */
  takeWithdrawals(): void {
    const { heldBackWhile } = this.#rules.withdrawal;
    const isHeldBack = heldBackWhile !== undefined && this.#isMet(heldBackWhile);
    const leaving: string[] = [];
    for (const [party, standing] of this.#standings) {
      if (standing.endsAt === undefined || standing.endsAt > this.#at || isHeldBack) continue;
      if (standing.status !== "withdrawn") leaving.push(party);
    }
    if (leaving.length > 0) {
      const left = new Map(this.#pledges);
      for (const party of leaving) {
        left.delete(party);
        this.#set(party, { status: "withdrawn" });
      }
      this.#pledges = left;
    }
    this.#refresh();
  }

  /** Triggers are met by facts alone, so they are fixed inputs of the instant. */
  raiseModes(): void {
    const triggered = new Set(this.#now.triggered);
    for (const { id, when, mode, lasts } of this.#rules.triggers) {
      const isMetNow = this.#isMet(when);
      if (isMetNow && !triggered.has(id)) {
        triggered.add(id);
        this.#tell("triggered", { trigger: id, mode });
      } else if (!isMetNow && triggered.has(id) && lasts === "while-met") {
        triggered.delete(id);
        this.#tell("trigger-over", { trigger: id });
      }
    }
    const floor = floorOf(this.#rules, triggered);
    this.#isFloorNew = floor !== this.#floor;
    this.#floor = floor;
    this.#update({ triggered });
  }

  /** Who of those bound stays bound: the greatest fixed point among them, grace given. */
  settleBound(): void {
    this.#refresh();
    if (this.#rules.entry.latches) return;
    const candidates = new Map<string, Candidate>();
    for (const [party, mode] of this.#now.bound) {
      const pledge = this.#pledgeOf(party);
      const failing = pledge.graceMs > 0 ? this.#standings.get(party)?.failingSince : undefined;
      const staysAnyway =
        pledge.graceMs > 0 && (failing === undefined || this.#at - failing < pledge.graceMs);
      // A pledge is a candidate by itself, unless something is different about it now.
      const isPlain = mode === pledge.mode && !staysAnyway;
      candidates.set(party, isPlain ? pledge : { ...pledge, mode, staysAnyway });
    }
    const { entry } = this.#rules;
    const { rounds } = settle(candidates, this.#reading().world, entry.condition);
    for (const party of rounds.flat()) this.#set(party, { status: "dropped" });
    this.#refresh();
    this.#update({ rounds });
    const reading = this.#reading();
    const isEntryMet = reading.part(entry.condition);
    for (const party of this.#now.bound.keys()) {
      const pledge = this.#pledgeOf(party);
      if (pledge.graceMs === 0) continue;
      const standing = this.#standingOf(party);
      const isFailing = !(isEntryMet && reading.part(pledge.while));
      if (isFailing !== (standing.failingSince !== undefined))
        this.#stand(party, { ...standing, failingSince: isFailing ? this.#at : undefined });
    }
  }

  /** Who of those waiting is called, and who of those called starts: together, at the instant they were called for. */
  callAndStart(): void {
    const waiting = this.#waiting();
    const ready = waiting.length > 0 ? this.#fixWith(waiting) : new Set<string>();
    this.#call(waiting, ready);
    const { metAt, inForceAt } = this.#now;
    if (metAt !== undefined && inForceAt !== undefined && inForceAt <= this.#at)
      this.#enterIntoForce();
    const due = [...this.#standings].filter(
      ([, { status, startsAt }]) =>
        status === "called" && startsAt !== undefined && startsAt <= this.#at,
    );
    if (due.length === 0) return;
    const starting = this.#fixWith(due.map(([party]) => party));
    const lastStart = this.#lastStartOf(ready);
    for (const [party, standing] of due) {
      if (starting.has(party))
        this.#set(party, {
          status: "bound",
          endsAt: standing.endsAt,
          boundSince: this.#at,
        });
      else this.#putOff(party, ready, lastStart);
    }
    this.#refresh();
    if (!this.#rules.entry.latches && this.#now.inForceAt === undefined && starting.size > 0) {
      this.#update({ metAt: this.#now.metAt ?? this.#at, inForceAt: this.#at });
      this.#tell("in-force");
    }
  }

  /** Somebody whose partners start later starts with the last of them; without partners the offer stands. */
  #putOff(party: string, ready: ReadonlySet<string>, startsAt: number): void {
    const isPutOff = ready.has(party) && startsAt > this.#at;
    this.#set(party, isPutOff ? { status: "called", startsAt } : { status: "offered" });
  }

  #lastStartOf(parties: ReadonlySet<string>): number {
    let last = this.#at;
    for (const party of parties) last = Math.max(last, this.#standings.get(party)?.startsAt ?? 0);
    return last;
  }

  #waiting(): string[] {
    return [...this.#standings]
      .filter(([, { status }]) => status === "offered" || status === "called")
      .map(([party]) => party);
  }

  /** The greatest fixed point of those bound, who stay, and of some who would join them. */
  #fixWith(joining: readonly string[]): ReadonlySet<string> {
    const { entry } = this.#rules;
    const isOpen = entry.latches && this.#now.metAt !== undefined && !this.#isAskedAgain();
    const candidates = new Map(
      [...this.#now.bound].map(([party, mode]) => [
        party,
        { mode, while: NOTHING_ASKED, instrument: this.#pledges.get(party)?.instrument },
      ]),
    );
    for (const party of joining) {
      const pledge = this.#pledgeOf(party);
      const condition: Condition = isOpen
        ? pledge.while
        : { kind: "all", of: [pledge.while, entry.condition] };
      const mode = this.#raised(pledge.mode);
      candidates.set(party, { mode, while: condition, instrument: pledge.instrument });
    }
    const { bound } = settle(candidates, this.#reading().world);
    return new Set(joining.filter((party) => bound.has(party)));
  }

  #isAskedAgain(): boolean {
    const { entry } = this.#rules;
    return entry.askedAgain && this.#at === this.#now.inForceAt;
  }

  #call(waiting: readonly string[], ready: ReadonlySet<string>): void {
    const { entry } = this.#rules;
    const group = waiting.filter(
      (party) => ready.has(party) && this.#standings.get(party)?.status === "offered",
    );
    if (entry.latches) {
      if (group.length > 0 && this.#now.metAt === undefined) {
        const inForceAt = Math.max(this.#at + entry.delayMs, entry.notBefore ?? this.#at);
        this.#update({ metAt: this.#at, inForceAt });
        this.#tell("condition-met");
      }
    } else {
      for (const party of waiting)
        if (!ready.has(party) && this.#standings.get(party)?.status === "called")
          this.#set(party, { status: "offered" });
    }
    const notice = Math.max(entry.delayMs, ...group.map((party) => this.#pledgeOf(party).noticeMs));
    for (const party of group) {
      const { endsAt, since } = this.#standingOf(party);
      const startsAt = entry.latches
        ? this.#startOf(since)
        : Math.max(this.#at + notice, entry.notBefore ?? this.#at);
      const called: Standing = { status: "called", since: this.#at, startsAt, endsAt };
      if (startsAt > this.#at) this.#set(party, called);
      else this.#stand(party, called);
    }
  }

  /** When somebody who joins a latched agreement is bound: with the others, or after its own delay. */
  #startOf(offeredAt: number): number {
    const { laterJoiners } = this.#rules.entry;
    const { inForceAt = this.#at, metAt = this.#at } = this.#now;
    const start = laterJoiners.after === "condition" ? metAt : inForceAt;
    return offeredAt <= start ? inForceAt : Math.max(inForceAt, offeredAt + laterJoiners.delayMs);
  }

  #enterIntoForce(): void {
    const { inForceAt, at } = this.#before;
    if (inForceAt !== undefined && inForceAt <= at && inForceAt === this.#now.inForceAt) return;
    const called = this.#waiting();
    if (this.#isAskedAgain() && this.#fixWith(called).size === 0) {
      this.#update({ metAt: undefined, inForceAt: undefined });
      this.#tell("condition-lost");
      for (const party of called) this.#set(party, { status: "offered" });
      return;
    }
    this.#tell("in-force");
  }

  liftOrEnd(): void {
    const { lift, duration } = this.#rules;
    const { inForceAt } = this.#now;
    const isInForce = inForceAt !== undefined && inForceAt <= this.#at;
    if (!this.#now.extended && duration.extension !== undefined && isInForce)
      if (this.#isMet(duration.extension.when)) {
        this.#update({ extended: true });
        this.#tell("extended");
      }
    const own =
      duration.endsAt ??
      (isInForce && duration.lengthMs !== undefined ? inForceAt + duration.lengthMs : undefined);
    const endsAt = this.#now.extended ? duration.extension?.endsAt : own;
    if (endsAt !== undefined && this.#at >= endsAt) this.#end("expired");
    else if (lift !== undefined && isInForce) this.#liftBy(lift);
  }

  #liftBy(lift: NonNullable<CoalitionRules["lift"]>): void {
    const isMetNow = this.#isMet(lift.when);
    const { liftMetAt } = this.#now;
    if (!isMetNow && liftMetAt !== undefined) {
      this.#update({ liftMetAt: undefined });
      this.#tell("lift-cancelled");
    } else if (isMetNow) {
      const since = liftMetAt ?? this.#at;
      if (this.#at >= since + lift.noticeMs) this.#end("lifted");
      else if (liftMetAt === undefined) this.#tell("lift-announced");
      this.#update({ liftMetAt: since });
    }
  }

  #end(how: "lifted" | "expired"): void {
    this.#tell(how);
    for (const [party, { status }] of this.#standings)
      if (["bound", "suspended", "called", "offered"].includes(status))
        this.#set(party, { status: "ended" });
    this.#update({ ended: { at: this.#at, how } });
  }

  coalition(): Coalition {
    this.#refresh();
    const history =
      this.#changes.length === 0
        ? this.#before.history
        : [...this.#before.history, ...this.#tidied()];
    const settled = { ...this.#now, history, held: heldPastOf(this.#rules, this.#now) };
    const index = pledgeIndex(this.#rules, settled.pledges);
    const world = decisionsOf(index, circumstancesOf(this.#rules, settled));
    return { ...settled, world, wakesAt: nextInstant(this.#rules, settled) };
  }

  /** One change for each party, the last; none where it came back to what it was. */
  #tidied(): Change[] {
    const last = new Map<string, Change>();
    for (const change of this.#changes)
      if (change.party !== undefined) last.set(change.party, change);
    return this.#changes.filter((change) => {
      if (change.party === undefined) return true;
      if (last.get(change.party) !== change) return false;
      const was = this.#before.standings.get(change.party);
      return (
        was?.status !== change.status || (change.status === "bound" && was.mode !== change.mode)
      );
    });
  }

  #raised(mode: Mode): Mode {
    return isAtLeast(mode, this.#floor) ? mode : this.#floor;
  }

  /** Conditions read by what is so now; made once until something changes. */
  #reading(): Met {
    this.#met ??= new Met(circumstancesOf(this.#rules, this.#now));
    return this.#met;
  }

  #pledgeOf(party: string): Pledge {
    return known(this.#pledges.get(party), party);
  }

  #standingOf(party: string): Standing {
    return known(this.#standings.get(party), party);
  }

  #update(more: Partial<Coalition>): void {
    this.#now = { ...this.#now, ...more };
    this.#met = undefined;
  }

  #stand(party: string, standing: Standing): void {
    this.#standings.set(party, standing);
    this.#touched.add(party);
  }

  #isMet(condition: Condition): boolean {
    return this.#reading().part(condition);
  }

  /** Brings the map of who is bound up to date, and tells changes of mode. */
  #refresh(): void {
    const bound = new Map<string, Mode>();
    const isFloorNew = this.#isFloorNew;
    for (const [party, mode] of this.#now.bound) {
      if (!isFloorNew && !this.#touched.has(party)) bound.set(party, mode);
      else this.#keepIfBound(party, bound);
    }
    for (const party of this.#touched) if (!bound.has(party)) this.#keepIfBound(party, bound);
    this.#isFloorNew = false;
    this.#touched.clear();
    this.#update({ pledges: this.#pledges, standings: this.#standings, bound });
  }

  #keepIfBound(party: string, bound: Map<string, Mode>): void {
    const standing = this.#standingOf(party);
    if (standing.status !== "bound") return;
    const pledged = this.#pledgeOf(party).mode;
    const mode = this.#raised(pledged);
    bound.set(party, mode);
    if (standing.mode === mode) return;
    this.#standings.set(party, { ...standing, mode });
    const { index } = this.#event;
    const raised = mode === pledged ? {} : { raisedFrom: pledged };
    this.#changes.push({ at: this.#at, index, party, status: "bound", mode, ...raised });
  }

  #set(party: string, standing: Omit<Standing, "since"> & { readonly since?: number }): void {
    this.#stand(party, { since: this.#at, ...standing });
    // Becoming bound is told with its mode, by refresh.
    if (standing.status === "bound") return;
    const { index } = this.#event;
    this.#changes.push({ at: this.#at, index, party, status: standing.status });
  }

  #tell(status: Milestone, more: Partial<Change> = {}): void {
    this.#changes.push({ at: this.#at, index: this.#event.index, status, ...more });
  }
}

/** The strictest mode that a trigger raises everybody to. */
function floorOf(rules: CoalitionRules, triggered: ReadonlySet<string>): Mode {
  return rules.triggers
    .filter(({ id }) => triggered.has(id))
    .reduce<Mode>((floor, { mode }) => (isAtLeast(mode, floor) ? mode : floor), "cap");
}

/** What a party keeps while it is suspended. */
function keptBy({ endsAt, boundSince }: Standing): Pick<Standing, "endsAt" | "boundSince"> {
  return { endsAt, boundSince };
}

/** Whoever has a standing has made a pledge, so that what is looked up is there. */
function known<Value>(value: Value | undefined, party: string): Value {
  if (value === undefined) throw new RangeError(`expected ${party} to have pledged`);
  return value;
}
