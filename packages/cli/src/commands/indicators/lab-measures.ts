import {
  agentFindings,
  agentMeasures,
  closureFindings,
  type DatedValue,
  IndicatorError,
  type IndicatorFinding,
  likeForLike,
  loopClosure,
  nextStepWins,
  numberFinding,
  oversightFindings,
  oversightOf,
  parseAgentRuns,
  parseNextSteps,
  parsePullRequests,
  parseSpeedups,
  parseStageItems,
  shareFinding,
  testBreak,
  upliftSchema,
  upliftsByKind,
} from "@standstill/indicators";
import { textOf } from "@standstill/record";
import type { Proportion } from "@standstill/statistics";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { readUnpacked, schemaIn } from "../../files.ts";
import { json, type Terminal, table } from "../../output.ts";

/** Options of commands that measure a file of a lab. */
export interface FileOptions {
  readonly file: string;
  readonly json: boolean;
}

interface Told {
  readonly answer: object;
  readonly indicators: readonly IndicatorFinding[];
  readonly lines: readonly string[];
}

async function measured(
  { file, json: isJson }: FileOptions,
  terminal: Terminal,
  measure: (text: string) => Told,
): Promise<number> {
  const text = textOf(await readUnpacked(file));
  let told: Told;
  try {
    told = measure(text);
  } catch (error) {
    if (!(error instanceof IndicatorError)) throw error;
    throw new IndicatorError(
      error.code,
      error.message,
      [file, error.place].filter((one) => one !== undefined).join(", "),
    );
  }
  terminal.out(
    isJson ? json({ ...told.answer, indicators: told.indicators }) : told.lines.join("\n"),
  );
  return EXIT.ok;
}

/** `standstill indicators oversight`: how far humans look at what AI writes, from an export of pull requests. */
export function oversightCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  return measured(options, terminal, (text) => {
    const answer = oversightOf(parsePullRequests(text));
    const hours = answer.hoursToFirstHumanReview.median;
    return {
      answer,
      indicators: oversightFindings(answer),
      lines: [
        `${answer.merged} pull requests were merged, ${answer.aiPullRequests} of them written by AI in whole or in part.`,
        "",
        table(
          ["", "share", "95 % interval", "of"],
          [
            row("AI lines that a human approved", answer.humanReviewCoverage, "AI lines"),
            row(
              "AI pull requests that a human approved",
              answer.humanReviewedPullRequests,
              "AI pull requests",
            ),
            row("written by AI and approved by no human", answer.aiOnly, "all merged lines"),
            row("merged by their own author", answer.selfMerged, "AI pull requests"),
            row("approved too fast to have been read", answer.rubberStamped, "human approvals"),
          ],
        ),
        "",
        hours === null
          ? "No human reviewed any."
          : `Half of them waited ${hours.toFixed(1)} hours or less for a human.`,
      ],
    };
  });
}

/** `standstill indicators agents`: how far agents work alone, from a log of their runs. */
export function agentsCommand(
  options: FileOptions & { readonly humanDays?: number },
  terminal: Terminal,
): Promise<number> {
  return measured(options, terminal, (text) => {
    const answer = agentMeasures(parseAgentRuns(text), options.humanDays);
    const { unattendedMinutes: alone, judgeAgreement: judge } = answer;
    return {
      answer,
      indicators: agentFindings(answer),
      lines: [
        `${answer.runs} runs, ${answer.agentWorkdays.toFixed(1)} agent days of eight hours${answer.agentWorkdaysPerHumanWorkday === null ? "" : `, ${answer.agentWorkdaysPerHumanWorkday.toFixed(2)} for each human day`}.`,
        alone.median === null
          ? "How long they worked alone is not told."
          : `Alone for ${alone.median.toFixed(1)} minutes (half of the runs or more), one in a thousand for ${(alone.p999 as number).toFixed(0)} or longer${alone.isEnoughForP999 ? "" : ", of which fewer than a thousand runs say little"}.`,
        answer.interventionsPerRun === null
          ? ""
          : `Humans step in ${answer.interventionsPerRun.toFixed(2)} times a run.`,
        judge.audited === 0
          ? "No human looked again at what AI judged."
          : `Humans looked again at ${judge.audited} runs that AI judged; agreement beyond chance ${judge.kappa?.toFixed(2) ?? "cannot be said"}.`,
        "",
        table(
          ["", "share", "95 % interval", "of"],
          [
            ...answer.success.map((one) => row(`success, ${one.tier}`, one, "runs")),
            row(
              "claimed what was not verified",
              answer.unverifiedClaims,
              "runs that say so or not",
            ),
            row("worked round a block", answer.evadedBlocks, "runs that say so or not"),
          ],
        ),
      ].filter((line, i, all) => line !== "" || all[i - 1] !== ""),
    };
  });
}

/** `standstill indicators closure`: how far the loop of research runs without humans. */
export function closureCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  return measured(options, terminal, (text) => {
    const answer = loopClosure(parseStageItems(text));
    const { closure } = answer;
    return {
      answer,
      indicators: closureFindings(answer),
      lines: [
        closure === null
          ? `Whether the loop is closed cannot be said: nothing is told of ${answer.missing.join(", ")}.`
          : `${percent(closure.value)} of the work would run through all seven stages without a human (${percent(closure.low)} to ${percent(closure.high)}); the most human stage is ${answer.weakest}.`,
        "",
        table(
          ["stage", "without a human", "95 % interval", "of"],
          answer.stages.map((one) => row(one.stage, one, "items")),
        ),
      ],
    };
  });
}

/** `standstill indicators uplift`: estimates of how much faster work goes, kind by kind. */
export async function upliftCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  const estimates = await schemaIn(
    ...([options.file, "--file", z.array(upliftSchema).min(1).max(10_000), "estimates"] as const),
    "Give a list with kind (self-report, measured or output), value, and source.",
  );
  const kinds = upliftsByKind(estimates);
  const indicators = kinds.flatMap(({ kind, value }) =>
    kind === "output" ? [] : [numberFinding(`uplift-${kind}`, value)],
  );
  const rows = kinds.map(({ kind, estimates: its, value, overall }) => [
    ...[kind, String(its.length), `${value.toPrecision(3)} times`],
    `${overall.low.toPrecision(3)} to ${overall.high.toPrecision(3)} times`,
  ]);
  const lines = [
    "What people say and what was measured differ by factors, and are never put together.",
    "",
    table(
      ["kind", "estimates", "uplift of labour", "overall progress, by elasticity 0.20 to 0.38"],
      rows,
    ),
  ];
  terminal.out(options.json ? json({ kinds, indicators }) : lines.join("\n"));
  return EXIT.ok;
}

/** `standstill indicators break`: whether a series changed, by a jump or by its slope. */
export function breakCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  return measured(options, terminal, (text) => {
    const answer = testBreak(seriesIn(text));
    const [best] = answer.fits;
    const hinge = answer.fits.find(({ model }) => model === "hinge")?.slopeRatio ?? null;
    const isBroken = answer.probability < 0.05;
    const ratio = isBroken && best?.model !== "jump" ? hinge : null;
    const told = {
      line: "one line",
      jump: "a jump",
      hinge: "a change of slope",
      "two-lines": "a jump and a change of slope",
    };
    return {
      answer,
      indicators: [
        ratio === null
          ? ({
              indicator: "progress-ratio",
              result: { cannotSay: "no change of slope is shown" },
            } as const)
          : numberFinding("progress-ratio", ratio.value, Math.max(0, ratio.low), ratio.high),
      ],
      lines: [
        `${isBroken ? `The series changed: ${told[best?.model ?? "line"]} explains it best` : "No change is shown"} (chance of this without a change: ${percent(answer.probability)}).`,
        "",
        table(
          ["", "criterion (BIC)", "on", "slope after / before", "95 % interval"],
          answer.fits.map(({ model, bic, day, slopeRatio }) => [
            ...[told[model], bic.toFixed(2), day === null ? "" : dateOf(day)],
            slopeRatio === null ? "" : slopeRatio.value.toFixed(2),
            slopeRatio === null
              ? ""
              : `${slopeRatio.low.toFixed(2)} to ${slopeRatio.high.toFixed(2)}`,
          ]),
        ),
      ],
    };
  });
}

/** `standstill indicators speedup`: how much faster models make the same code. */
export function speedupCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  return measured(options, terminal, (text) => {
    const tests = likeForLike(parseSpeedups(text));
    const best =
      tests.length === 1
        ? Math.max(...(tests[0]?.models.map(({ speedup }) => speedup) ?? []))
        : null;
    return {
      answer: { tests },
      indicators: [numberFinding("optimisation-speedup", best)],
      lines: tests.flatMap(({ startSha256, models }) => [
        `From the code ${startSha256.slice(0, 12)}:`,
        table(
          ["model", "tries", "checks failed", "times as fast", "best"],
          models.map((one) => [
            ...[one.model, String(one.tries), String(one.failed)],
            ...[one.speedup.toPrecision(3), one.best.toPrecision(3)],
          ]),
        ),
        "",
      ]),
    };
  });
}

/** `standstill indicators next-step`: at how many moments a model's next step was better than a human's. */
export function nextStepCommand(options: FileOptions, terminal: Terminal): Promise<number> {
  return measured(options, terminal, (text) => {
    const answer = nextStepWins(parseNextSteps(text));
    return {
      answer,
      indicators: [
        shareFinding("next-step-hard", answer.hard),
        shareFinding("next-step-control", answer.control),
      ],
      lines: [
        table(
          ["moments", "model better", "95 % interval", "of"],
          [
            row("where the human took a detour", answer.hard, "moments"),
            row("where the human's move was strong", answer.control, "moments"),
          ],
        ),
      ],
    };
  });
}

function seriesIn(text: string): DatedValue[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !/^date\b/i.test(line))
    .map((line, i) => {
      const [date = "", value = ""] = line.split(",").map((cell) => cell.trim());
      const day = Date.parse(`${date}T00:00:00.000Z`) / 86_400_000;
      if (!Number.isInteger(day) || value === "" || !Number.isFinite(Number(value)))
        throw new IndicatorError(
          "malformed-data",
          `expected a day and a number, as 2026-05-01,42, got ${JSON.stringify(line.slice(0, 60))}`,
          `line ${i + 1}`,
        );
      return { day, value: Number(value) };
    });
}

function row(name: string, { share, low, high, of }: Proportion, unit: string): string[] {
  if (share === null) return [name, "cannot say", "", `0 ${unit}`];
  return [
    name,
    percent(share),
    `${percent(low as number)} to ${percent(high as number)}`,
    `${of} ${unit}`,
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

function dateOf(day: number): string {
  return new Date(Math.floor(day) * 86_400_000).toISOString().slice(0, 10);
}
