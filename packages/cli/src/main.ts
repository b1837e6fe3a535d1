import { Command, CommanderError, Option } from "commander";
import { count, examples, type Finish, port, seconds, several } from "./arguments.ts";
import { addAgreementCommands } from "./commands/agreement/program.ts";
import { attestCommand } from "./commands/attest.ts";
import { balanceCommand } from "./commands/balance.ts";
import { caseDeadlinesCommand, caseListCommand, caseShowCommand } from "./commands/case.ts";
import { catalogueCommand } from "./commands/catalogue.ts";
import { drillCommand } from "./commands/drill.ts";
import { addGateCommands } from "./commands/gate/program.ts";
import { FORMATS, type Format, importCommand } from "./commands/import.ts";
import { addIndicatorCommands } from "./commands/indicators/program.ts";
import { addIntakeCommands } from "./commands/intake/program.ts";
import { locateCommand } from "./commands/locate.ts";
import { notifyCommand } from "./commands/notify.ts";
import { addRecordCommands } from "./commands/record/program.ts";
import { verifyCommand } from "./commands/verify.ts";
import { verifyActivity } from "./commands/verify-activity.ts";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.ts";
import { describeError, isTold, json, processTerminal, type Terminal } from "./output.ts";
import { packageVersion } from "./version.ts";

/**
 * Runs `standstill` with arguments as a shell gives them, without the program's name.
 *
 * @returns the exit code
 * @example process.exitCode = await main(["audit", "./data", "--json"])
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const finish = async (work: Promise<number>) => {
    exitCode = await work;
  };
  const program = createProgram(terminal, finish);
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    if (!isTold(error)) {
      terminal.err(
        `Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return EXIT.unexpected;
    }
    if (argv.includes("--json")) {
      terminal.err(
        json({
          error: {
            code: error.code ?? "usage",
            message: error.message,
            place: error.place ?? null,
          },
        }),
      );
    } else terminal.err(describeError(error));
    return EXIT.badInput;
  }
}

/**
 * The program with all its commands, before any is run. Commands that serve or judge whole records are loaded when they are asked for: the
 * others start in a third of the time less.
 *
 * @param finish takes the work of the command that is run
 */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command("standstill")
    .description("Verify that frontier AI development has really slowed or stopped.")
    .version(packageVersion, "--version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .addHelpText("after", EXIT_CODES_HELP);
  const command = (name: string) =>
    program.command(name).option("--json", "print the whole answer as JSON", false);

  command("up")
    .description("Play the example on recorded readings, and serve its page")
    .option("--data <dir>", "data directory; the record lies in <dir>/record", ".standstill")
    .option("--port <number>", "port on 127.0.0.1", port, 7878)
    .option("--mark-every <seconds>", "say what time it is so often while serving", seconds, 3600)
    .option(
      "--witness <id=url>",
      "a witness of the example that runs elsewhere; may be given again",
      several,
      [],
    )
    .option(
      "--bucket <url>",
      "keep the log in this S3-compatible bucket; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY open it",
    )
    .option("--joint-key <file>", "what all know of the log's key, where several hold it together")
    .option("--holder <name=url>", "who holds it; may be given again", several, [])
    .option("--once", "do the round, print the verdicts and exit", false)
    .addHelpText(
      "after",
      examples("standstill up", "standstill up --once --json --data /tmp/standstill"),
    )
    .action((options) =>
      finish(import("./commands/up/up.ts").then(({ up }) => up(options, terminal))),
    );

  command("audit")
    .description("Verify a record from nothing: signatures, tree, admission, verdicts")
    .argument("<dir|url>", "data directory, record directory, or address of a server")
    .option("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--since <checkpoint>", "a checkpoint seen before; the log must have grown from it")
    .option(
      "--report <file>",
      "write a report to keep: findings, checkpoint, policy, time, program",
    )
    .option(
      "--snapshot <file>",
      "go on from what the last audit came to, kept in this file; read only what is new",
    )
    .option("--snapshot-sha256 <hash>", "hash that the file must have, as the last report tells")
    .addHelpText(
      "after",
      examples(
        "standstill audit .standstill --policy .standstill/policy",
        "standstill audit http://127.0.0.1:7878 --json",
        "standstill audit http://127.0.0.1:7878 --snapshot audit.snapshot --report audit.json",
      ),
    )
    .action((target: string, options) =>
      finish(
        import("./commands/audit.ts").then(({ auditCommand }) =>
          auditCommand(target, options, terminal),
        ),
      ),
    );

  command("monitor")
    .description("Take in what a site's machines emit, and keep it on the operator's side")
    .requiredOption("--site <name>", "the site, as aster/one")
    .option("--data <dir>", "where readings are kept", ".standstill-monitor")
    .option("--port <number>", "port on 127.0.0.1", port, 9465)
    .option("--scrape <url>", "an exporter to ask; may be given again", several, [])
    .option("--every <seconds>", "how often to ask", seconds, 15)
    .option("--map <file>", "metrics of your own, as YAML: metric, quantity, scale, device")
    .option(
      "--feed <name=key>",
      "a feed of somebody else's meter, with its public key; may be given again",
      several,
      [],
    )
    .option("--slurm", "collect Slurm's accounting with sacct", false)
    .option("--keep <days>", "keep readings for so many days", count, 400)
    .option("--days <number>", "take readings that are late by up to so many days", count, 35)
    .option(
      "--clickhouse <url>",
      "a server of a ClickHouse cluster that keeps the readings; once for each shard, in an order that never changes",
      several,
      [],
    )
    .option("--clickhouse-replicated", "each shard has replicas", false)
    .addHelpText(
      "after",
      examples(
        "standstill monitor --site aster/one --scrape http://node-01:9400/metrics --slurm",
        "standstill monitor --site aster/one --port 9465   # remote_write: - url: http://127.0.0.1:9465/api/v1/write",
        "CLICKHOUSE_USER=monitor CLICKHOUSE_PASSWORD=... standstill monitor --site aster/one --clickhouse http://shard-1:8123 --clickhouse http://shard-2:8123",
      ),
    )
    .action((options) =>
      finish(
        import("./commands/monitor.ts").then(({ monitorCommand }) =>
          monitorCommand(options, terminal),
        ),
      ),
    );

  command("attest")
    .description(
      "Check an attestation of hardware (a detached EAT bundle), or tell why it proves nothing",
    )
    .argument("<file>", "the bundle as the service returned it")
    .requiredOption("--keys <file>", "the service's keys, as JWKS")
    .requiredOption("--nonce <hex>", "the number that was sent with the request")
    .addHelpText(
      "after",
      examples(
        "standstill attest bundle.json --keys jwks.json --nonce 5f1c...",
        "standstill attest bundle.json --keys jwks.json --nonce 5f1c... --json",
      ),
    )
    .action((file: string, options) => finish(attestCommand(file, options, terminal)));

  command("catalogue")
    .description("Tell what is known of an accelerator, or of all")
    .argument("[name]", "a name or an alias, as h100-sxm5")
    .addHelpText("after", examples("standstill catalogue h100-sxm5", "standstill catalogue --json"))
    .action((name: string | undefined, options) =>
      finish(catalogueCommand(name, options, terminal)),
    );

  command("import")
    .description("Read files that data centres emit, and tell what is in them")
    .argument("<files...>")
    .addOption(
      new Option("--format <format>", "format of the files").choices(FORMATS).makeOptionMandatory(),
    )
    .option("--run <id>", "mlperf-power: only this run")
    .option("--data <dir>", "keep the readings in this data directory")
    .option("--site <name>", "the site that they belong to")
    .option("--map <file>", "how a table, or a log of another system, fits: YAML")
    .addHelpText(
      "after",
      examples(
        "standstill import --format slurm data/slurm/sacct.json",
        "standstill import --format inference-requests data/azure/AzureLLMInferenceTrace_code.csv.gz",
        "standstill import --format mlperf-power data/mlperf/smc_h100_training_node_power.csv.gz --json",
      ),
    )
    .action((files: string[], options: { format: Format; json: boolean }) =>
      finish(importCommand(files, options, terminal)),
    );

  command("verify")
    .description("Judge a bundle, or activity logs, offline under given terms")
    .argument("[bundle-dir]", "directory with bundle.yaml")
    .requiredOption("--terms <file>", "the agreement, or terms for activity logs; YAML or JSON")
    .option("--activity-log <file>", "an activity log; may be given again", several, [])
    .option("--map <file>", "names of fields in somebody else's logs, as YAML")
    .addHelpText(
      "after",
      examples(
        "standstill verify agreements/example/dune --terms agreements/example.yaml",
        "standstill verify --activity-log site.jsonl --terms activity-terms.yaml --json",
      ),
    )
    .action((directory: string | undefined, options) =>
      finish(
        directory === undefined || options.activityLog.length > 0
          ? verifyActivity(directory, options, terminal)
          : verifyCommand(directory, options, terminal),
      ),
    );
  command("balance")
    .description("Test a site's balances over many periods under one budget of false alarms")
    .argument("<file>", "balances and their errors, as YAML or JSON")
    .addHelpText(
      "after",
      examples("standstill balance balances.yaml", "standstill balance balances.yaml --json"),
    )
    .action((file: string, options) => finish(balanceCommand(file, options, terminal)));
  command("locate")
    .description("Hold a site's claimed place against round trips that landmarks measured")
    .argument("<file>", "the claim and the round trips, as YAML or JSON")
    .addHelpText(
      "after",
      examples("standstill locate trips.yaml", "standstill locate trips.yaml --json"),
    )
    .action((file: string, options) => finish(locateCommand(file, options, terminal)));
  command("notify")
    .description("Tell what happened: print it, or post it signed to an address")
    .argument("<record>", "data directory, or address of a server")
    .option("--since <entry>", "from this entry of the record on", count)
    .option("--to <address>", "post each notice there, until stopped")
    .option("--secret <file>", "secret that signs what is posted; the receiver knows it")
    .option("--state <file>", "where it is noted what was posted")
    .option("--every <seconds>", "how often the record is read", count, 30)
    .option("--policy <file>", "whose log and witnesses are trusted")
    .addHelpText(
      "after",
      examples(
        "standstill notify .standstill --since 40 | mail -s Standstill desk@example.org",
        "standstill notify https://record.example/ --to https://desk.example/hook --secret hook.key --state posted.json",
      ),
    )
    .action((record: string, options) => finish(notifyCommand(record, options, terminal)));
  command("drill")
    .description("Rehearse a pause, from the tripwire to the lifting, and report it")
    .option("--out <file>", "write the report there instead of printing it")
    .addHelpText("after", examples("standstill drill", "standstill drill --out drill.md"))
    .action((options) => finish(drillCommand(options, terminal)));
  addAgreementCommands(program, terminal, finish);
  addIndicatorCommands(program, terminal, finish);
  addCaseCommands(program, terminal, finish);
  addGateCommands(program, terminal, finish);
  addIntakeCommands(program, terminal, finish);
  addRecordCommands(program, terminal, finish);
  return program;
}

function addCaseCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const cases = program.command("case").description("What happens to a doubt");
  cases
    .command("list")
    .description("The cases of a record, and where each stands")
    .argument("<record>", "data directory, or address of a server")
    .option("--json", "print the whole answer as JSON", false)
    .addHelpText("after", examples("standstill case list .standstill"))
    .action((record: string, options) => finish(caseListCommand(record, options, terminal)));
  cases
    .command("show")
    .description("Everything that was said in one case, and what is due in it")
    .argument("<record>", "a record's directory or address")
    .argument("<case>", "name of the case, as case list prints it")
    .option("--json", "print JSON", false)
    .addHelpText("after", examples("standstill case show .standstill dune/racks-1/clarification"))
    .action((record: string, name: string, options) =>
      finish(caseShowCommand(record, name, options, terminal)),
    );
  cases
    .command("deadlines")
    .description("What is due from whom, by the record's newest mark of time")
    .argument("<record>", "data directory, or address of a server")
    .option("--json", "print the whole answer as JSON", false)
    .option("--calendar", "print a calendar (RFC 5545)", false)
    .addHelpText(
      "after",
      examples(
        "standstill case deadlines .standstill",
        "standstill case deadlines .standstill --calendar > deadlines.ics",
      ),
    )
    .action((record: string, options) => finish(caseDeadlinesCommand(record, options, terminal)));
}
