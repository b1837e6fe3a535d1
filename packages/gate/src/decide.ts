import { HOUR_MS } from "@standstill/record";
import { amount } from "./amount.ts";
import type { Ledger } from "./ledger.ts";
import type { Judged, Objection } from "./objections/objection.ts";
import { objectionsTo } from "./objections/objections-to.ts";
import type { JobRequest } from "./request.ts";
import type { GateRules } from "./rules.ts";

/** What the gate answers. */
export interface Decision {
  readonly decision: "allow" | "refuse";
  readonly job: string;
  /** What the job could do at most, in FLOP; and the same as people read it. */
  readonly flop: bigint;
  readonly atMost: string;
  /** Until when it may run without asking again; POSIX milliseconds. */
  readonly until: number;
  /** Whether it has to ask again before it is done: it has no time limit of its own, or is let in by an emergency. */
  readonly isLease: boolean;
  /** What would be broken, each with its clause. Some may stand beside `allow`: see `because`. */
  readonly objections: readonly Objection[];
  /** Why it is so, where no objection says it. */
  readonly because:
    | "nothing-binds"
    | "within-limits"
    | "objections"
    | "unsure"
    | "emergency"
    | "exempted";
  /** One sentence for whoever waits for the job. */
  readonly sentence: string;
  /** Instant of the mark that the answer rests on. */
  readonly asOf: number;
  readonly mode: GateRules["mode"];
}

/**
 * Whether a job may run now: by what binds the party, by what is already used and held back, and by what the job could do at most. Nothing is
 * changed; who lets the job in writes it into the ledger.
 *
 * @param now instant at which is asked; POSIX milliseconds
 * @example decide(rules, ledger, parseRequest({ job: "1", accelerators: 8, seconds: 3600 }), Date.now()).decision
 */
export function decide(
  rules: GateRules,
  ledger: Ledger,
  request: JobRequest,
  now: number,
): Decision {
  const { asOf, mode, policy } = rules;
  const emergency =
    rules.emergency !== null && now < rules.emergency.until ? rules.emergency : null;
  // Whoever is let in by an emergency asks again when it is over.
  const most = emergency === null ? undefined : Math.ceil((emergency.until - now) / 1000);
  const judged = judgedOf(rules, request, most);
  const base = {
    job: request.job,
    flop: judged.flop,
    atMost: amount(judged.flop),
    isLease: judged.seconds !== request.seconds,
    until: now + judged.seconds * 1000,
    asOf,
    mode,
  };
  const allow = (because: Decision["because"], sentence: string, objections: Objection[] = []) =>
    ({ ...base, decision: "allow", because, sentence, objections }) as const;
  const refuse = (because: Decision["because"], sentence: string, objections: Objection[] = []) =>
    ({ ...base, decision: "refuse", because, sentence, objections }) as const;
  if (request.accelerators === 0) return allow("within-limits", "It asks for no accelerators.");
  if (emergency !== null)
    return allow(
      "emergency",
      `An emergency is on record as entry ${emergency.index} until ${new Date(emergency.until).toISOString()}.`,
    );
  const doubt = doubtOf(rules, now);
  if (doubt !== undefined) {
    const sentence = `${doubt} The agreement says to ${policy.whenUnsure}.`;
    return policy.whenUnsure === "allow" ? allow("unsure", sentence) : refuse("unsure", sentence);
  }
  if (mode === null && rules.duties.length === 0)
    return allow("nothing-binds", `${rules.party} is not bound.`);
  const { objections, exempted } = objectionsTo(rules, ledger, judged, now);
  if (objections.length > 0)
    return refuse("objections", objections.map(({ sentence }) => sentence).join(" "), objections);
  return exempted.length > 0
    ? allow("exempted", `Exempted by ${exempted.join(", ")}.`)
    : allow("within-limits", "It stays within all limits.");
}

/** Why the gate cannot tell. */
function doubtOf(
  { asOf, mode, duties, policy, speeds }: GateRules,
  now: number,
): string | undefined {
  if (now - asOf > policy.staleHours * HOUR_MS)
    return `The record was last marked at ${new Date(asOf).toISOString()}, more than ${policy.staleHours} hours ago, so nobody knows what binds now.`;
  return (mode !== null || duties.length > 0) && speeds.size === 0
    ? "The agreement names no accelerators, so nobody knows what a job could do."
    : undefined;
}

/** What a job could do at most: all its accelerators, at their highest agreed speed, for all its time, or for as long as it may run unasked. */
function judgedOf(
  { speeds, policy }: GateRules,
  request: JobRequest,
  mostSeconds = Number.MAX_SAFE_INTEGER,
): Judged {
  const seconds = Math.min(request.seconds ?? policy.leaseHours * 3600, mostSeconds);
  const fastest = [...speeds.values()].reduce((most, one) => (one > most ? one : most), 0n);
  const speed =
    (request.accelerator === undefined ? undefined : speeds.get(request.accelerator)) ?? fastest;
  const accelerators = BigInt(request.accelerators) * BigInt(request.tasks);
  return { request, seconds, flop: accelerators * BigInt(seconds) * speed };
}
