import { releaseGaps } from "@standstill/adjudication";
import { decide, type JobQuestion, Ledger, parseRequest } from "@standstill/gate";
import { plain } from "@standstill/server";
import { gateRulesOf } from "@standstill/views";
import { EXIT } from "../../exit-codes.ts";
import { type Terminal, UsageError } from "../../output.ts";
import { stateOf } from "../../record-target.ts";
import { asJson, decisionLines } from "./words.ts";

/** A job as it is given on the command line. */
export interface JobOptions {
  readonly job: string;
  readonly accelerators: number;
  readonly tasks: number;
  readonly accelerator?: string;
  /** Time limit; none gets a lease. */
  readonly hours?: number;
  readonly seconds?: number;
  readonly activity: "training" | "inference" | "other";
  readonly run?: string;
  readonly use?: string;
}

/** Options of `standstill gate check`. */
export interface CheckOptions extends JobOptions {
  readonly party: string;
  readonly site?: string;
  /** POSIX milliseconds. */
  readonly at?: number;
  readonly json: boolean;
}

/** `standstill gate check`: whether one job may run by a record as it is, with nothing else running. */
export async function gateCheckCommand(
  target: string,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const state = await stateOf(target);
  const parties = state.agreement.terms?.parties.map(({ id }) => id) ?? [];
  const { party, site = `${party}/gate` } = options;
  if (!parties.includes(party))
    throw new UsageError(
      `expected a party of the record, got ${party}`,
      `Give --party with one of ${parties.join(", ")}.`,
    );
  const now = options.at ?? Date.now();
  const rules = gateRulesOf(state, party, site);
  const decision = decide(rules, new Ledger(), parseRequest(questionOf(options)), now);
  terminal.out(options.json ? asJson(decision, plain) : decisionLines(decision).join("\n"));
  return decision.decision === "allow" ? EXIT.ok : EXIT.refused;
}

/** A job on the command line as the question that a gate reads. */
export function questionOf(options: JobOptions): JobQuestion {
  const { job, accelerators, tasks, accelerator, hours, seconds, activity, run, use } = options;
  const limit = seconds ?? (hours === undefined ? null : Math.ceil(hours * 3600));
  return {
    job,
    accelerators,
    tasks,
    activity,
    seconds: limit,
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(run === undefined ? {} : { run }),
    ...(use === undefined ? {} : { use }),
  };
}

/** Options of `standstill gate release`. */
export interface ReleaseOptions {
  readonly model: string;
  readonly json: boolean;
}

/** `standstill gate release`: what is missing before a model may be released. */
export async function gateReleaseCommand(
  target: string,
  { model, json }: ReleaseOptions,
  terminal: Terminal,
): Promise<number> {
  const { agreement, safeguards } = await stateOf(target);
  const { terms } = agreement;
  if (terms === undefined)
    throw new UsageError("expected a record with terms, got none yet", "Wait until it has some.");
  const gaps = releaseGaps(safeguards, terms, model);
  const guards = terms.obligations.filter(({ kind }) => kind === "release-gate").length;
  const lines =
    guards === 0
      ? ["No clause of the agreement guards releases."]
      : gaps.length === 0
        ? [`${model} may be released: every safeguard that ${guards} clauses ask is accepted.`]
        : [
            `${model} may not be released.`,
            ...gaps.map(
              ({ clause, title, missing }) =>
                `  ${clause}: ${title} Missing: ${missing.join(", ")}.`,
            ),
          ];
  terminal.out(json ? asJson({ model, gaps, guards }, plain) : lines.join("\n"));
  return gaps.length === 0 ? EXIT.ok : EXIT.refused;
}
