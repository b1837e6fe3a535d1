import {
  type AgentMeasures,
  agentFindings,
  agentMeasures,
  parseAgentRuns,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { amount } from "../../command/format.ts";
import { optional } from "../../command/input.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { shareRow } from "./words.ts";

/** `standstill indicators agents`: how far agents work alone, from a log of their runs. */
export const command = defineCommand({
  summary: "How far agents work alone, and how honestly",
  options: {
    ...labFile("runs of agents, an object a line; docs/indicators.md tells the fields"),
    humanDays: optional("<days>", "human workdays of the same time and people", amount),
  },
  examples: ["standstill indicators agents --file agent-runs.jsonl --human-days 210"],
  action: async ({ humanDays, ...given }, terminal) => {
    const found = await measured(given, (text) => agentMeasures(parseAgentRuns(text), humanDays));
    terminal.answer({ ...found, indicators: agentFindings(found) }, () => describe(found));
    return "ok";
  },
});

function describe(found: AgentMeasures): string {
  const { agentWorkdaysPerHumanWorkday: perHuman, interventionsPerRun: interventions } = found;
  return [
    `${found.runs} runs, ${found.agentWorkdays.toFixed(1)} agent days of eight hours${perHuman === null ? "" : `, ${perHuman.toFixed(2)} for each human day`}.`,
    aloneWords(found),
    ...(interventions === null ? [] : [`Humans step in ${interventions.toFixed(2)} times a run.`]),
    judgeWords(found),
    "",
    table(
      ["", "share", "95 % interval", "of"],
      [
        ...found.success.map((one) => shareRow(`success, ${one.tier}`, one, "runs")),
        shareRow(
          "claimed what was not verified",
          found.unverifiedClaims,
          "runs that say so or not",
        ),
        shareRow("worked round a block", found.evadedBlocks, "runs that say so or not"),
      ],
    ),
  ].join("\n");
}

function aloneWords({ unattendedMinutes: alone }: AgentMeasures): string {
  if (alone.median === null || alone.p999 === null)
    return "How long they worked alone is not told.";
  return `Alone for ${alone.median.toFixed(1)} minutes (half of the runs or more), one in a thousand for ${alone.p999.toFixed(0)} or longer${alone.isEnoughForP999 ? "" : ", of which fewer than a thousand runs say little"}.`;
}

function judgeWords({ judgeAgreement: judge }: AgentMeasures): string {
  return judge.audited === 0
    ? "No human looked again at what AI judged."
    : `Humans looked again at ${judge.audited} runs that AI judged; agreement beyond chance ${judge.kappa?.toFixed(2) ?? "cannot be said"}.`;
}
