import type { ExitName } from "../exit-codes.ts";
import type { Answering } from "../output.ts";
import type { Input } from "./input.ts";

/** Options or arguments of a command by name; arguments in the order in which they are given. */
export type Inputs = Readonly<Record<string, Input<unknown>>>;

/** Values of inputs, by the same names. */
export type ValuesOf<Of extends Inputs> = {
  readonly [Name in keyof Of]: Of[Name] extends Input<infer Value> ? Value : never;
};

/** Everything that is said and done about one command, in one place. */
export interface CommandParts<
  Arguments extends Inputs,
  Options extends Inputs,
  Exit extends Exclude<ExitName, "ok">,
> {
  /** What it does, in one sentence without a full stop. */
  readonly summary: string;
  readonly arguments?: Arguments;
  readonly options?: Options;
  /** What else help tells, a paragraph each. */
  readonly notes?: readonly string[];
  /** Command lines as one types them. */
  readonly examples: readonly [string, ...string[]];
  /** Which codes it can end in besides 0, and those that every command can end in; each with what it means here. */
  readonly exits?: Readonly<Record<Exit, string>>;
  /** Does it, and says how it ended. What it throws is told by `main`. */
  readonly action: (
    given: ValuesOf<Arguments> & ValuesOf<Options>,
    terminal: Answering,
  ) => Promise<NoInfer<Exit> | "ok">;
}

/** Texts that were given for each input. */
export type GivenTexts = Readonly<Record<string, readonly string[]>>;

/** A command as the program, its help and its manual see it. */
export interface CommandDefinition {
  readonly summary: string;
  readonly arguments: Inputs;
  readonly options: Inputs;
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  readonly exits: Readonly<Partial<Record<ExitName, string>>>;
  /**
   * Reads what was given, and returns the work, which is not begun.
   *
   * @param nameOf an input as people give it, as `--mark-every`
   * @throws UsageError where a text is not what is expected
   */
  readonly read: (
    texts: GivenTexts,
    nameOf: (input: string) => string,
  ) => (terminal: Answering) => Promise<ExitName>;
}

/**
 * Defines a command: the options that it declares type the values that its action gets, and the exits that it lists type how it may end.
 *
 * @example
 * export const command = defineCommand({
 *   summary: "Tell how long a file is",
 *   arguments: { file: needed("<file>", "the file", file) },
 *   options: { atMost: optional("<bytes>", "refuse longer ones", count) },
 *   examples: ["standstill length README.md --at-most 4096"],
 *   exits: { findings: "the file is longer" },
 *   action: async ({ file, atMost }, terminal) => { … },
 * });
 */
export function defineCommand<
  Arguments extends Inputs = Record<never, never>,
  Options extends Inputs = Record<never, never>,
  Exit extends Exclude<ExitName, "ok"> = never,
>(parts: CommandParts<Arguments, Options, Exit>): CommandDefinition {
  const inputs = { ...parts.arguments, ...parts.options };
  return {
    summary: parts.summary,
    arguments: parts.arguments ?? {},
    options: parts.options ?? {},
    notes: parts.notes ?? [],
    examples: parts.examples,
    exits: parts.exits ?? {},
    read: (texts, nameOf) => {
      const values = Object.entries(inputs).map(([name, input]) => [
        name,
        input.value(texts[name] ?? [], nameOf(name)),
      ]);
      // The one cast of the command line: TypeScript does not follow a value from an object's entries back to its key.
      const given = Object.fromEntries(values) as ValuesOf<Arguments> & ValuesOf<Options>;
      return (terminal) => parts.action(given, terminal);
    },
  };
}
