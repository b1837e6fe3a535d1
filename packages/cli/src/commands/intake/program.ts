import type { Command } from "commander";
import { examples, type Finish, several } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import {
  intakeKeysCommand,
  intakeReadCommand,
  intakeSealCommand,
  intakeShareCommand,
} from "./commands.ts";

/** Adds `standstill intake …` to the program. */
export function addIntakeCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const intake = program
    .command("intake")
    .description("Reports from people, that only several members of a panel can read together");
  const below = (name: string) =>
    intake.command(name).option("--json", "print the whole answer as JSON", false);
  below("keys")
    .description("Make the keys of a member; print the public one")
    .requiredOption("--out <file>", "where the keys are kept; a new file")
    .addHelpText("after", examples("standstill intake keys --out member.json"))
    .action((options) => finish(intakeKeysCommand(options, terminal)));
  below("seal")
    .description("Seal a report to the panel, and hand it in")
    .requiredOption("--text <file>", "the report; at most 1 MiB")
    .requiredOption("--out <file>", "where the sealed report is written")
    .option("--record <record>", "record whose panel has opened an intake")
    .option("--policy <file>", "whose log and witnesses of that record are trusted")
    .option("--members <file>", "members and threshold, as JSON, where there is no record")
    .option("--to <address>", "server that it is handed in to")
    .addHelpText(
      "after",
      examples(
        "standstill intake seal --text report.txt --record https://record.example/ --out sealed.json --to https://record.example/",
        "standstill intake seal --text report.txt --members members.json --out sealed.json",
      ),
    )
    .action((options) => finish(intakeSealCommand(options, terminal)));
  below("share")
    .description("Open a member's share of a report, for the others")
    .argument("<file>", "the sealed report")
    .requiredOption("--key <file>", "the member's keys")
    .addHelpText(
      "after",
      examples("standstill intake share sealed.json --key member.json > share.json"),
    )
    .action((path: string, options) => finish(intakeShareCommand(path, options, terminal)));
  below("read")
    .description("Read a report from the shares of enough members")
    .argument("<file>", "the sealed report")
    .requiredOption(
      "--share <file>",
      "what intake share printed; given again for each",
      several,
      [],
    )
    .addHelpText(
      "after",
      examples("standstill intake read sealed.json --share a.json --share b.json"),
    )
    .action((path: string, options) => finish(intakeReadCommand(path, options, terminal)));
}
