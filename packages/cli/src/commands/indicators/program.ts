import { REWARD_HACKING_POLICIES, TASK_WEIGHTS } from "@standstill/indicators";
import { type Command, InvalidArgumentError, Option } from "commander";
import { amount, count, day, examples, type Finish, several } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import { authorshipCommand } from "./authorship.ts";
import { doublingCommand, forecastCommand } from "./doubling.ts";
import { horizonCommand } from "./horizon.ts";

/** Adds `standstill indicators …` to the program. */
export function addIndicatorCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const indicators = program
    .command("indicators")
    .description("Measure how close AI is to improving itself");
  const below = (name: string) =>
    indicators.command(name).option("--json", "print the whole answer as JSON", false);
  addHorizon(below, terminal, finish);
  addTrends(below, terminal, finish);
  addAuthorship(below, terminal, finish);
}

type Below = (name: string) => Command;

function addHorizon(below: Below, terminal: Terminal, finish: Finish): void {
  below("horizon")
    .description("How long tasks are that models do, from runs of an evaluation")
    .option(
      "--runs <file>",
      "runs.jsonl as METR publishes it, or an Inspect log as JSON; may be given again",
      several,
      [],
    )
    .option(
      "--penalty <number>",
      "L2 penalty on the slope: 0.1 as of January 2026, 0 since",
      amount,
      0,
    )
    .addOption(
      new Option("--weights <kind>", "how much tasks weigh")
        .choices([...TASK_WEIGHTS, "invsqrt_task_weight", "equal_task_weight"])
        .default("invsqrt")
        .argParser(weights),
    )
    .option("--bootstrap <number>", "resampled data sets for intervals; 0 for none", count, 1000)
    .option("--seed <number>", "seed of the resampling", count, 42)
    .addOption(
      new Option(
        "--reward-hacking <policy>",
        "what runs count that are marked as reward hacking; must be given where there are any",
      ).choices(REWARD_HACKING_POLICIES),
    )
    .addOption(
      new Option("--score <field>", "which score counts")
        .choices(["score_binarized", "score_cont"])
        .default("score_binarized"),
    )
    .option("--scorer <name>", "which scorer of an Inspect log counts, where it has several")
    .option("--releases <file>", "YAML with the day on which each model came out")
    .addHelpText(
      "after",
      examples(
        "standstill indicators horizon --runs runs.jsonl",
        "standstill indicators horizon --runs runs.jsonl --penalty 0.1 --weights equal --json > horizons.json",
        "standstill indicators horizon --runs log.json --reward-hacking fail --bootstrap 10000",
      ),
    )
    .action((options) => finish(horizonCommand(options, terminal)));
}

/** METR's names of the weights mean the same. */
function weights(text: string): string {
  const name = text.replace(/_task_weight$/, "");
  if ((TASK_WEIGHTS as readonly string[]).includes(name)) return name;
  throw new InvalidArgumentError(`expected ${TASK_WEIGHTS.join(" or ")}`);
}

function addTrends(below: Below, terminal: Terminal, finish: Finish): void {
  const trend = (name: string) =>
    below(name)
      .option(
        "--horizons <file>",
        "what indicators horizon --json printed, or a table with alias, released and p50Minutes",
      )
      .addOption(
        new Option("--at <share>", "horizon at one half, or at four fifths")
          .choices(["p50", "p80"])
          .default("p50"),
      )
      .option(
        "--limit-minutes <minutes>",
        "longer horizons are beyond what the suite can measure",
        amount,
        960,
      )
      .addOption(
        new Option("--frontier <kind>", "best of the window, or of all time")
          .choices(["window", "all-time"])
          .default("window"),
      );
  trend("doubling")
    .description("How fast the longest horizons of their time double")
    .option("--from <day>", "first day that counts", day)
    .option(
      "--bootstrap <number>",
      "draws for the interval by the errors of the horizons",
      count,
      2000,
    )
    .option("--seed <number>", "seed of the draws", count, 42)
    .addHelpText(
      "after",
      examples(
        "standstill indicators doubling --horizons horizons.json --from 2023-01-01",
        "standstill indicators doubling --horizons horizons.csv --at p80 --json",
      ),
    )
    .action((options) => finish(doublingCommand(options, terminal)));
  trend("forecast")
    .description("When horizons reach thresholds, with how past forecasts fared")
    .option(
      "--threshold <hours>",
      "hours of human work; may be given again",
      (text, before: readonly number[]) => [...before, amount(text)],
      [],
    )
    .option(
      "--by <day>",
      "day for which the probability is told; a year after the newest model",
      day,
    )
    .option(
      "--from <day>",
      "first day of a window; may be given again",
      (text, before: readonly string[]) => [...before, day(text)],
      [],
    )
    .addHelpText(
      "after",
      examples(
        "standstill indicators forecast --horizons horizons.json --threshold 40 --threshold 167 --by 2027-12-31",
      ),
    )
    .action((options) => finish(forecastCommand(options, terminal)));
}

function addAuthorship(below: Below, terminal: Terminal, finish: Finish): void {
  below("authorship")
    .description("Who wrote a git repository, as far as it is attested")
    .option("--repo <dir>", "a whole clone", ".")
    .option("--path <glob>", "only these files, as git's pathspec; may be given again", several, [])
    .option("--since <day>", "only commits from this day on")
    .option("--rev <commit>", "the commit to measure", "HEAD")
    .option("--no-merges", "leave merges out")
    .option("--no-surviving", "do not trace the lines that are there now, which takes long")
    .option("--no-notes", "do not read line by line attestations (refs/notes/ai)")
    .option(
      "--people <file>",
      "YAML with humans, addresses that are attested to be human, and teams",
    )
    .option(
      "--descends-from <commit>",
      "refuse a history that does not hold this commit, as measured before",
    )
    .addHelpText(
      "after",
      examples(
        "standstill indicators authorship --repo . --no-merges",
        'standstill indicators authorship --repo ../product --path "*.ts" --since 2026-01-01 --json',
      ),
    )
    .action((options) => finish(authorshipCommand(options, terminal)));
}
