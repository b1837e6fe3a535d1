import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { lint, type NewDraftAnswers, newDraft, parseDraft } from "@standstill/agreement";
import { EXIT } from "../../exit-codes.ts";
import { inFile, json, type Terminal, UsageError } from "../../output.ts";

/** Options of `standstill agreement new`; what is not given is asked for on a terminal. */
export interface NewOptions {
  readonly name?: string;
  readonly party: readonly string[];
  readonly keeper?: string;
  readonly limit?: string;
  readonly declaredFrom?: string;
  readonly quorum?: string;
  readonly noticeDays?: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** `standstill agreement new`: a guided start. Writes a file that parses, and tells what the check says of it. */
export async function newCommand(
  file: string,
  options: NewOptions,
  terminal: Terminal,
): Promise<number> {
  const answers = await ask(options);
  const text = newDraft(answers);
  const flaws = inFile(file, () => {
    parseDraft(text);
    return lint(text);
  });
  try {
    await writeFile(file, text, { flag: options.force ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new UsageError(
      `expected a new file, got ${file}, which is there already`,
      "Choose another name, or give --force.",
    );
  }
  terminal.out(
    options.json
      ? json({ file, flaws })
      : [
          `Wrote ${file}: ${answers.parties.length} parties, a limit of ${answers.limit}.`,
          flaws.length === 0
            ? "The check finds no flaw."
            : `The check finds ${flaws.length}: ${flaws.map(({ rule }) => rule).join(", ")}.`,
          `Next: standstill agreement explain ${file}`,
        ].join("\n"),
  );
  return EXIT.ok;
}

const QUESTIONS = {
  name: ["What is the agreement called?", "A new standstill"],
  parties: ["Who are the parties? (names, separated by commas)", ""],
  keeper: ["Who keeps the record?", "The Secretariat"],
  limit: ["Above what is a training run forbidden?", "1e26 FLOP"],
  declaredFrom: ["From what on is training declared?", "1e24 FLOP"],
  quorum: ["How many parties must hold each other bound?", "2"],
  noticeDays: ["How many days of notice before a party leaves?", "90"],
} as const;

async function ask(options: NewOptions): Promise<NewDraftAnswers> {
  const given: Record<keyof typeof QUESTIONS, string | undefined> = {
    name: options.name,
    parties: options.party.length === 0 ? undefined : options.party.join(","),
    keeper: options.keeper,
    limit: options.limit,
    declaredFrom: options.declaredFrom,
    quorum: options.quorum,
    noticeDays: options.noticeDays,
  };
  const answers = process.stdin.isTTY ? await askOnTerminal(given) : given;
  const of = (key: keyof typeof QUESTIONS) => answers[key] || QUESTIONS[key][1];
  const parties = of("parties")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (parties.length < 2)
    throw new UsageError(
      `expected at least two parties, got ${parties.length}`,
      'Name them: --party "First Lab" "Second Lab".',
    );
  return {
    name: of("name"),
    parties,
    keeper: of("keeper"),
    limit: of("limit"),
    declaredFrom: of("declaredFrom"),
    quorum: number("--quorum", of("quorum"), 1, parties.length),
    noticeDays: number("--notice-days", of("noticeDays"), 0, 3650),
  };
}

async function askOnTerminal<Given extends Record<string, string | undefined>>(
  given: Given,
): Promise<Given> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answers: Record<string, string | undefined> = { ...given };
    for (const [key, [question, usual]] of Object.entries(QUESTIONS))
      if (answers[key] === undefined)
        answers[key] = await lines.question(`${question}${usual === "" ? "" : ` [${usual}]`} `);
    return answers as Given;
  } finally {
    lines.close();
  }
}

function number(option: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && value >= low && value <= high) return value;
  throw new UsageError(
    `expected ${option} from ${low} to ${high}, got "${text}"`,
    "Give a whole number.",
  );
}
