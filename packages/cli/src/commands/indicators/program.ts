import { REWARD_HACKING_POLICIES, TASK_WEIGHTS } from "@standstill/indicators";
import { type Command, InvalidArgumentError, Option } from "commander";
import { amount, count, day, examples, type Finish, several } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import { authorshipCommand } from "./authorship.ts";
import { doublingCommand, forecastCommand } from "./doubling.ts";
import { horizonCommand } from "./horizon.ts";
import {
  agentsCommand,
  breakCommand,
  closureCommand,
  nextStepCommand,
  oversightCommand,
  speedupCommand,
  upliftCommand,
} from "./lab-measures.ts";
import { reportCommand, statementCommand } from "./on-record.ts";
import { checkCommand, commitCommand, sampleCommand, thresholdsCommand } from "./published.ts";

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
  addLabMeasures(below, terminal, finish);
  addCommitments(below, terminal, finish);
  addRecord(below, terminal, finish);
}

type Below = (name: string) => Command;

function addHorizon(below: Below, terminal: Terminal, finish: Finish): void {
  below("horizon")
    .description("How long tasks are that models do, from runs of an evaluation")
    .option(
      "--runs <file>",
      "runs.jsonl as METR publishes it, or a log of Inspect (.eval or JSON); may be given again",
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
    .option(
      "--bootstrap <number>",
      "resampled data sets for intervals; 0 for none, at most 100000",
      replicates,
      1000,
    )
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

function replicates(text: string): number {
  const value = count(text);
  if (value > 100_000) throw new InvalidArgumentError("expected at most 100000");
  return value;
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
      replicates,
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

function addLabMeasures(below: Below, terminal: Terminal, finish: Finish): void {
  const measure = (name: string, about: string, file: string, example: string) =>
    below(name)
      .description(about)
      .requiredOption("--file <file>", file)
      .addHelpText("after", examples(`standstill indicators ${name} --file ${example}`));
  measure(
    "oversight",
    "How far humans look at what AI writes",
    "pull requests, as gh pr list --state merged --json number,author,commits,reviews,createdAt,mergedAt,mergedBy,additions prints them",
    "pulls.json",
  ).action((options) => finish(oversightCommand(options, terminal)));
  measure(
    "agents",
    "How far agents work alone, and how honestly",
    "runs of agents, an object a line; docs/indicators.md tells the fields",
    "agent-runs.jsonl --human-days 210",
  )
    .option("--human-days <days>", "human workdays of the same time and people", amount)
    .action((options) => finish(agentsCommand(options, terminal)));
  measure(
    "closure",
    "How far the loop of research runs without humans, stage by stage",
    "items of work with stage and humanActs, an object a line",
    "stages.jsonl",
  ).action((options) => finish(closureCommand(options, terminal)));
  measure(
    "uplift",
    "Estimates of how much faster work goes, each kind by itself",
    "YAML or JSON, a list with kind, value and source",
    "uplift.yaml --json",
  ).action((options) => finish(upliftCommand(options, terminal)));
  measure(
    "break",
    "Whether a series changed, and whether by a jump or by its slope",
    "days and values, as 2026-05-01,42 a line",
    "capability-index.csv",
  ).action((options) => finish(breakCommand(options, terminal)));
  measure(
    "speedup",
    "How much faster models make the same code, like for like",
    "tries with startSha256, checksSha256, model, startSeconds, seconds and checksPassed, an object a line",
    "speedups.jsonl",
  ).action((options) => finish(speedupCommand(options, terminal)));
  measure(
    "next-step",
    "At how many moments a model's next step was better than a human's",
    "comparisons with set (hard or control) and modelBetter, an object a line",
    "next-steps.jsonl",
  ).action((options) => finish(nextStepCommand(options, terminal)));
  below("thresholds")
    .description("Published thresholds, and what of them a program can check")
    .addHelpText("after", examples("standstill indicators thresholds --json"))
    .action((options) => finish(thresholdsCommand(options, terminal)));
}

function addCommitments(below: Below, terminal: Terminal, finish: Finish): void {
  below("commit")
    .description(
      "Commit to private rows without showing them, and open those that an audit asks for",
    )
    .requiredOption("--file <file>", "the rows, one a line")
    .requiredOption("--seed <file>", "at least 16 secret bytes; keep them")
    .option(
      "--open <row>",
      "a row to open, counted from 0; may be given again",
      (text, before: readonly number[]) => [...before, count(text)],
      [],
    )
    .addHelpText(
      "after",
      examples(
        "head -c 32 /dev/urandom > seed && standstill indicators commit --file runs.jsonl --seed seed",
        "standstill indicators commit --file runs.jsonl --seed seed --open 17 --open 204 --json",
      ),
    )
    .action((options) => finish(commitCommand(options, terminal)));
  below("check")
    .description("Whether rows that a measurer opened are those that it committed to")
    .requiredOption("--opened <file>", "what indicators commit --open printed with --json")
    .requiredOption("--rows <number>", "how many there are, as published", count)
    .requiredOption("--root <hex>", "what was committed to, as published")
    .addHelpText(
      "after",
      examples("standstill indicators check --opened opened.json --rows 120 --root ab12…"),
    )
    .action((options) => finish(checkCommand(options, terminal)));
  below("sample")
    .description("Which rows an audit opens, by randomness that nobody chose")
    .requiredOption("--rows <number>", "how many there are", count)
    .requiredOption("--root <hex>", "what was committed to")
    .requiredOption("--size <number>", "how many to open", count)
    .requiredOption(
      "--randomness <text>",
      "what a draw of the record or a beacon gave after the commitment",
    )
    .addHelpText(
      "after",
      examples(
        "standstill indicators sample --rows 7000 --root ab12… --size 50 --randomness 4f1c…",
      ),
    )
    .action((options) => finish(Promise.resolve().then(() => sampleCommand(options, terminal))));
}

function addRecord(below: Below, terminal: Terminal, finish: Finish): void {
  below("statement")
    .description("What to sign and send, from what another of these commands printed")
    .requiredOption("--answer <file>", "what a command printed with --json")
    .option("--indicator <name>", "only this one; may be given again", several, [])
    .requiredOption("--subject <party>", "whose development was measured")
    .requiredOption("--from <day>", "first day of the period", day)
    .requiredOption("--to <day>", "last day of the period", day)
    .requiredOption("--root <hex>", "what indicators commit printed")
    .requiredOption("--rows <number>", "what indicators commit printed", count)
    .addHelpText(
      "after",
      examples(
        "standstill indicators statement --answer oversight.json --subject aster --from 2026-04-01 --to 2026-06-30 --root ab12… --rows 120",
      ),
    )
    .action((options) => finish(statementCommand(options, terminal)));
  below("report")
    .description(
      "What a record says of a party in a quarter: measurements, thresholds, claims, gaps",
    )
    .argument("<record>", "data directory, or address of a server")
    .option("--party <party>", "only of this party")
    .option("--from <day>", "first day", day)
    .option("--to <day>", "last day", day)
    .addHelpText(
      "after",
      examples(
        "standstill indicators report .standstill --party aster --from 2026-04-01 --to 2026-06-30",
      ),
    )
    .action((record: string, options) => finish(reportCommand(record, options, terminal)));
}
