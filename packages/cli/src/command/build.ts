import { Argument, type Command, Option } from "commander";
import { EXIT_MEANINGS, type ExitName, exitLines } from "../exit-codes.ts";
import { answering, type Terminal } from "../output.ts";
import type { CommandDefinition, GivenTexts } from "./define.ts";
import type { Input } from "./input.ts";

/** Takes the work of the command that was given, which is not begun. */
export type Finish = (work: (terminal: Terminal) => Promise<ExitName>) => Promise<void>;

/** Declares a command to commander, which splits command lines into texts and prints help; the definition reads the texts. */
export function build(command: Command, definition: CommandDefinition, finish: Finish): void {
  command.description(definition.summary);
  for (const [name, input] of Object.entries(definition.arguments))
    command.addArgument(argumentOf(name, input));
  for (const [name, input] of Object.entries(definition.options))
    command.addOption(optionOf(name, input));
  command
    .option("--json", "print the whole answer as JSON")
    .addHelpText("after", helpOf(definition))
    .action(async () => {
      const work = definition.read(textsOf(command, definition), (name) =>
        nameOf(definition, name),
      );
      const isJson = command.opts<{ readonly json?: true }>().json === true;
      await finish((terminal) => work(answering(terminal, isJson)));
    });
}

/** What is said of a command's exits: those that every command can end in, and its own. */
export function exitsOf({ exits }: CommandDefinition): string[] {
  const { ok, unexpected, badInput } = EXIT_MEANINGS;
  return exitLines({ ok: ok.split(";")[0] ?? ok, unexpected, badInput, ...exits });
}

/** An input as people give it: `--mark-every`, `--no-merges`, `<file>`. */
export function nameOf(
  { arguments: arguments_, options }: CommandDefinition,
  name: string,
): string {
  const argument = arguments_[name];
  return argument === undefined ? longName(name, options[name]) : (argument.placeholder ?? name);
}

/** Which arguments a command takes, as its usage shows them. */
export function usageLine({ arguments: inputs }: CommandDefinition): string {
  return [
    "[options]",
    ...Object.entries(inputs).map(([name, input]) => shownArgument(name, input)),
  ].join(" ");
}

function helpOf(definition: CommandDefinition): string {
  return [
    ...definition.notes.flatMap((note) => ["", note]),
    "",
    "Examples:",
    ...definition.examples.map((line) => `  ${line}`),
    "",
    "Exit codes:",
    ...exitsOf(definition).map((line) => `  ${line}`),
  ].join("\n");
}

function longName(name: string, input: Input<unknown> | undefined): string {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${input?.kind === "unless" ? "no-" : ""}${words}`;
}

function argumentOf(name: string, input: Input<unknown>): Argument {
  return new Argument(shownArgument(name, input), input.about);
}

function shownArgument(name: string, { kind, placeholder = `<${name}>` }: Input<unknown>): string {
  const isMany = kind === "several" || kind === "some";
  const shown = `${placeholder.slice(1, -1)}${isMany ? "..." : ""}`;
  return kind === "needed" || kind === "some" ? `<${shown}>` : `[${shown}]`;
}

function optionOf(name: string, input: Input<unknown>): Option {
  const { kind, placeholder, usual } = input;
  const long = longName(name, input);
  const option = new Option(
    placeholder === undefined ? long : `${long} ${placeholder}`,
    aboutOf(input),
  );
  if (kind === "several" || kind === "some")
    return option.argParser((text: string, before: readonly string[] = []) => [...before, text]);
  return usual === undefined ? option : option.default(undefined, usual);
}

/** What is told of an input: what it is for, whether it is required or may be given again, and what counts where it is not given. */
export function aboutOf({ kind, about, usual }: Input<unknown>): string {
  if (kind === "needed") return `${about} (required)`;
  if (kind === "some") return `${about}; may be given again (required)`;
  if (kind === "several") return `${about}; may be given again`;
  return usual === undefined ? about : `${about} (default: ${usual})`;
}

/** The texts that commander found for each input. */
function textsOf(command: Command, definition: CommandDefinition): GivenTexts {
  const options = command.opts<Record<string, unknown>>();
  const given = Object.keys(definition.arguments).map(
    (name, i) => [name, textsIn(command.processedArgs[i])] as const,
  );
  const named = Object.entries(definition.options).map(([name, { kind }]) => {
    const isGiven = kind === "unless" ? options[name] === false : options[name] === true;
    return [name, isGiven ? [""] : textsIn(options[name])] as const;
  });
  return Object.fromEntries([...given, ...named]);
}

function textsIn(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string");
}
