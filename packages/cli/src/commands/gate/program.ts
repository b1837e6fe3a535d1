import { type Command, Option } from "commander";
import { amount, count, examples, type Finish, instant } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import {
  gateEndCommand,
  gateListCommand,
  gateRunningCommand,
  gateStartCommand,
  gateStopCommand,
} from "./ask.ts";
import { gateCheckCommand, gateReleaseCommand } from "./check.ts";
import { gateServeCommand } from "./serve.ts";

const SOCKET = "/run/standstill/gate.sock";

/** Adds `standstill gate …` to the program. */
export function addGateCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const gate = program
    .command("gate")
    .description("Whether a job may run under what binds a party now");
  const below = (name: string) =>
    gate.command(name).option("--json", "print the whole answer as JSON", false);
  withJob(below("check"))
    .description("Whether one job may run by a record as it is, with nothing else running")
    .argument("<record>", "data directory, or address of a server")
    .requiredOption("--party <name>", "whose job it is")
    .option("--site <name>", "where it runs; an emergency opens the gate of one site")
    .option(
      "--at <instant>",
      "as of an instant, as 2026-06-04T12:00:00Z; now where absent",
      instant,
    )
    .addHelpText(
      "after",
      examples(
        "standstill gate check .standstill --party aster --accelerators 512 --hours 72 --activity training",
        "standstill gate check .standstill --party aster --accelerators 8 --hours 2 --use safety-research --json",
      ),
    )
    .action((record: string, options) => finish(gateCheckCommand(record, options, terminal)));
  below("release")
    .description("What is missing before a model may be released")
    .argument("<record>", "data directory, or address of a server")
    .requiredOption("--model <name>", "the model, as safeguards are accepted for it")
    .addHelpText("after", examples("standstill gate release .standstill --model aster-2"))
    .action((record: string, options) => finish(gateReleaseCommand(record, options, terminal)));
  below("serve")
    .description("Answer schedulers over a socket of this machine, and Kubernetes as a webhook")
    .argument("<record>", "data directory, or address of a server")
    .requiredOption("--party <name>", "whose site it is")
    .requiredOption("--site <name>", "the site")
    .requiredOption("--ledger <file>", "where reservations are kept")
    .option("--socket <path>", "where schedulers ask", SOCKET)
    .option("--every <seconds>", "how often the record is read", count, 30)
    .option("--policy <file>", "whose log and witnesses are trusted")
    .option("--port <number>", "port of the webhook; none without", count)
    .option("--host <address>", "address of the webhook", "127.0.0.1")
    .option("--tls-cert <file>", "its certificate, in PEM")
    .option("--tls-key <file>", "its key, in PEM")
    .addHelpText(
      "after",
      examples(
        "standstill gate serve .standstill --party aster --site aster/hall-1 --ledger gate.jsonl --socket gate.sock",
        "standstill gate serve https://record.example/ --party aster --site aster/hall-1 --ledger gate.jsonl --port 8443 --tls-cert tls.crt --tls-key tls.key",
      ),
    )
    .action((record: string, options) => finish(gateServeCommand(record, options, terminal)));
  withSocket(withJob(below("start")))
    .description("Let a job in at a running gate, as a prolog does")
    .addHelpText(
      "after",
      examples(
        "standstill gate start --job slurm:4711 --accelerators 8 --seconds 3600 --run aster/big",
      ),
    )
    .action((options) => finish(gateStartCommand(options, terminal)));
  withSocket(below("end"))
    .description("Tell a running gate that a job has ended, as an epilog does")
    .argument("<job>", "its name, as it was let in")
    .addHelpText("after", examples("standstill gate end slurm:4711"))
    .action((job: string, options) => finish(gateEndCommand(job, options, terminal)));
  withSocket(below("list"))
    .description("The jobs that a running gate let in")
    .addHelpText("after", examples("standstill gate list"))
    .action((options) => finish(gateListCommand(options, terminal)));
  withSocket(below("running"))
    .description("Tell a running gate which jobs run, by their names on the input, a line each")
    .argument("<scheduler>", "what stands before the colon of their names, as slurm")
    .addHelpText(
      "after",
      [
        "",
        "Leases that are about to run out are renewed or refused, ends that nobody told of are made up for, and jobs",
        "that this gate did not let in are named (exit code 8). Only jobs with accelerators belong on the list.",
        examples("squeue --noheader --format slurm:%A | standstill gate running slurm"),
      ].join("\n"),
    )
    .action((scheduler: string, options) =>
      finish(gateRunningCommand(scheduler, options, terminal)),
    );
  withSocket(below("stop"))
    .description("Which running jobs have to stop under what binds now, the newest first")
    .addHelpText("after", examples("standstill gate stop --json"))
    .action((options) => finish(gateStopCommand(options, terminal)));
}

function withSocket(command: Command): Command {
  return command
    .option("--socket <path>", "where the gate answers", SOCKET)
    .option("--timeout <ms>", "after which it counts as not answering", count, 2000);
}

function withJob(command: Command): Command {
  return command
    .option("--job <name>", "what the scheduler calls it", "job")
    .requiredOption("--accelerators <number>", "accelerators of one task", count)
    .option("--tasks <number>", "tasks of an array that may run at once", count, 1)
    .option("--accelerator <kind>", "by its name in the agreement; the fastest one where absent")
    .option("--hours <number>", "time limit; without one it gets a lease", amount)
    .option("--seconds <number>", "time limit in seconds", count)
    .addOption(
      new Option("--activity <kind>", "what it does")
        .choices(["training", "inference", "other"])
        .default("training"),
    )
    .option("--run <name>", "run on record that it is part of")
    .option("--use <name>", "use of the agreement that it is for");
}
