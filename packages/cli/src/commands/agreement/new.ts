import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { lint, newDraft, parseDraft } from "@standstill/agreement";
import { inFile } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { path, text } from "../../command/format.ts";
import { flag, needed, optional, several } from "../../command/input.ts";
import { UsageError } from "../../output.ts";

/** `standstill agreement new`: a guided start. Writes a file that parses, and tells what the check says of it. */
export const command = defineCommand({
  summary: "Start an agreement from a few answers",
  arguments: { file: needed("<file>", "the file to write", path) },
  options: {
    name: optional("<name>", "what it is called", text),
    party: several("<name>", "a party", text),
    keeper: optional("<name>", "who keeps the record", text),
    limit: optional("<amount>", "above what a training run is forbidden, as 1e26 FLOP", text),
    declaredFrom: optional("<amount>", "from what on training is declared, as 1e24 FLOP", text),
    quorum: optional("<number>", "how many parties must hold each other bound", text),
    noticeDays: optional("<days>", "days of notice before a party leaves", text),
    force: flag("write over a file that is there"),
  },
  notes: [
    "What is not given is asked for where there is a terminal; elsewhere the usual answer counts.",
  ],
  examples: [
    "standstill agreement new pact.yaml",
    'standstill agreement new pact.yaml --party "First Lab" --party "Second Lab" --limit "1e25 FLOP"',
  ],
  action: async ({ file, party, force, ...given }, terminal) => {
    const parties = party.length === 0 ? undefined : party.join(",");
    const answers = await answersOf({ ...given, parties });
    const draft = newDraft(answers);
    const flaws = inFile(file, () => {
      parseDraft(draft);
      return lint(draft);
    });
    await writeFile(file, draft, { flag: force ? "w" : "wx" });
    terminal.answer({ file, flaws }, () =>
      [
        `Wrote ${file}: ${answers.parties.length} parties, a limit of ${answers.limit}.`,
        flaws.length === 0
          ? "The check finds no flaw."
          : `The check finds ${flaws.length}: ${flaws.map(({ rule }) => rule).join(", ")}.`,
        `Next: standstill agreement explain ${file}`,
      ].join("\n"),
    );
    return "ok";
  },
});

const QUESTIONS = {
  name: ["What is the agreement called?", "A new standstill"],
  parties: ["Who are the parties? (names, separated by commas)", ""],
  keeper: ["Who keeps the record?", "The Secretariat"],
  limit: ["Above what is a training run forbidden?", "1e26 FLOP"],
  declaredFrom: ["From what on is training declared?", "1e24 FLOP"],
  quorum: ["How many parties must hold each other bound?", "2"],
  noticeDays: ["How many days of notice before a party leaves?", "90"],
} as const;

type Question = keyof typeof QUESTIONS;
type Given = Readonly<Record<Question, string | undefined>>;

/** What a draft is made from: what was given, what is answered on a terminal, and the usual for the rest. */
async function answersOf(given: Given) {
  const answers = process.stdin.isTTY ? await askOnTerminal(given) : given;
  const of = (key: Question) => answers[key] || QUESTIONS[key][1];
  const parties = of("parties")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (parties.length < 2)
    throw new UsageError(
      `expected at least two parties, got ${parties.length}`,
      'Name them: --party "First Lab" --party "Second Lab".',
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

async function askOnTerminal(given: Given): Promise<Given> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ask = async (key: Question) => {
    const [question, usual] = QUESTIONS[key];
    return given[key] ?? lines.question(`${question}${usual === "" ? "" : ` [${usual}]`} `);
  };
  try {
    return {
      name: await ask("name"),
      parties: await ask("parties"),
      keeper: await ask("keeper"),
      limit: await ask("limit"),
      declaredFrom: await ask("declaredFrom"),
      quorum: await ask("quorum"),
      noticeDays: await ask("noticeDays"),
    };
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
