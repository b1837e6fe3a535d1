import type { CommandDefinition } from "../src/command/define.ts";
import { COMMANDS } from "../src/main.ts";

/** Every command by its words, as `agreement check`, with its definition. */
export async function everyCommand(): Promise<readonly (readonly [string, CommandDefinition])[]> {
  const all: [string, CommandDefinition][] = [];
  for (const [noun, entry] of Object.entries(COMMANDS)) {
    if (typeof entry === "function") all.push([noun, (await entry()).command]);
    else
      for (const [verb, file] of Object.entries(entry.commands))
        all.push([`${noun} ${verb}`, (await file()).command]);
  }
  return all;
}

/** A terminal that keeps what it is told. */
export function keptTerminal() {
  const said = { out: [] as string[], err: [] as string[] };
  const terminal = {
    out: (text: string) => void said.out.push(text),
    err: (text: string) => void said.err.push(text),
  };
  return { terminal, said };
}

/** Words of a command line as a shell splits them, up to the end of the command. */
export function shellWords(line: string): string[] {
  const words = line.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const end = words.findIndex((word) => /^(?:[|>]|&&)$/.test(word) || word.startsWith("#"));
  return (end < 0 ? words : words.slice(0, end)).map((word) => word.replaceAll('"', ""));
}
