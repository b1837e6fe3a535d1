import { type Proportion, proportionOf, quantileOrNull } from "@standstill/statistics";
import { z } from "zod";
import { rowsOf } from "../json-rows.ts";

const minutes = z.number().min(0).max(1e7);

/** A run of an agent in a lab's own work, as its log tells it. Only `minutes` must be there. */
const agentRunSchema = z.object({
  /** Time that the agent worked. */
  minutes,
  /** Longest stretch in which no human acted; all of it where `interventions` is 0. */
  unattendedMinutes: minutes.optional(),
  /** Times that a human corrected, redirected or took over. */
  interventions: z.int().min(0).optional(),
  /** How open the task was, as the lab names it. */
  tier: z.string().max(100).optional(),
  /** Whether it succeeded, and who says so. */
  success: z.boolean().optional(),
  judgedBy: z.enum(["ai", "human", "test"]).optional(),
  /** What a human said who looked again. */
  auditedSuccess: z.boolean().optional(),
  /** Claimed what it had not verified; worked round a block; confirmed subversion. */
  unverifiedClaim: z.boolean().optional(),
  evadedBlock: z.boolean().optional(),
  subversion: z.boolean().optional(),
});
/** A run of an agent. */
export type AgentRun = z.infer<typeof agentRunSchema>;

/** How far agents work alone, and how honest they are about it. */
export interface AgentMeasures {
  readonly runs: number;
  readonly unattendedMinutes: {
    readonly median: number | null;
    readonly p99: number | null;
    readonly p999: number | null;
    /** Below a thousand runs the last one in a thousand was hardly seen. */
    readonly isEnoughForP999: boolean;
  };
  readonly interventionsPerRun: number | null;
  readonly withoutIntervention: Proportion;
  readonly success: readonly (Proportion & {
    readonly tier: string;
    readonly judgedByAi: number;
  })[];
  /** Agreement of AI judges with humans who looked again, beyond chance (Cohen 1960); `null` where nobody looked. */
  readonly judgeAgreement: { readonly kappa: number | null; readonly audited: number };
  readonly unverifiedClaims: Proportion;
  readonly evadedBlocks: Proportion;
  readonly subversions: number;
  /** Agent days of eight hours; for each human day where those are known. */
  readonly agentWorkdays: number;
  readonly agentWorkdaysPerHumanWorkday: number | null;
}

/** Reads a log of agent runs. */
export function parseAgentRuns(text: string): AgentRun[] {
  return rowsOf(text, agentRunSchema, "agent runs");
}

/** Measures runs of agents; `humanWorkdays` of the same time and people. */
export function agentMeasures(runs: readonly AgentRun[], humanWorkdays?: number): AgentMeasures {
  const unattended = runs.flatMap((run) =>
    run.unattendedMinutes !== undefined
      ? [run.unattendedMinutes]
      : run.interventions === 0
        ? [run.minutes]
        : [],
  );
  const told = runs.flatMap(({ interventions }) =>
    interventions === undefined ? [] : [interventions],
  );
  const share = (of: (run: AgentRun) => boolean | undefined) => {
    const known = runs.flatMap((run) => of(run) ?? []);
    return proportionOf(known.filter(Boolean).length, known.length);
  };
  const workdays = runs.reduce((sum, run) => sum + run.minutes, 0) / 480;
  return {
    runs: runs.length,
    unattendedMinutes: {
      median: quantileOrNull(unattended, 0.5),
      p99: quantileOrNull(unattended, 0.99),
      p999: quantileOrNull(unattended, 0.999),
      isEnoughForP999: unattended.length >= 1000,
    },
    interventionsPerRun:
      told.length === 0 ? null : told.reduce((sum, one) => sum + one, 0) / told.length,
    withoutIntervention: proportionOf(told.filter((one) => one === 0).length, told.length),
    success: tiersOf(runs),
    judgeAgreement: agreementOf(runs),
    unverifiedClaims: share(({ unverifiedClaim }) => unverifiedClaim),
    evadedBlocks: share(({ evadedBlock }) => evadedBlock),
    subversions: runs.filter(({ subversion }) => subversion === true).length,
    agentWorkdays: workdays,
    agentWorkdaysPerHumanWorkday:
      humanWorkdays === undefined || humanWorkdays === 0 ? null : workdays / humanWorkdays,
  };
}

function tiersOf(runs: readonly AgentRun[]): AgentMeasures["success"] {
  const tiers = new Map<string, AgentRun[]>();
  for (const run of runs) {
    if (run.success === undefined) continue;
    const tier = run.tier ?? "all";
    tiers.set(tier, [...(tiers.get(tier) ?? []), run]);
  }
  return [...tiers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tier, its]) => ({
      tier,
      judgedByAi: its.filter(({ judgedBy }) => judgedBy === "ai").length,
      ...proportionOf(its.filter(({ success }) => success).length, its.length),
    }));
}

function agreementOf(runs: readonly AgentRun[]): AgentMeasures["judgeAgreement"] {
  const twice = runs.filter(
    ({ success, auditedSuccess, judgedBy }) =>
      judgedBy === "ai" && success !== undefined && auditedSuccess !== undefined,
  );
  const n = twice.length;
  if (n === 0) return { kappa: null, audited: 0 };
  const share = (of: (run: AgentRun) => boolean | undefined) =>
    twice.filter((run) => of(run)).length / n;
  const same = share((run) => run.success === run.auditedSuccess);
  const [judge, human] = [
    share(({ success }) => success),
    share(({ auditedSuccess }) => auditedSuccess),
  ];
  const chance = judge * human + (1 - judge) * (1 - human);
  return { kappa: chance === 1 ? null : (same - chance) / (1 - chance), audited: n };
}
