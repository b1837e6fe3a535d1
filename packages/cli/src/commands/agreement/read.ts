import { explain, lint, parseDraft } from "@standstill/agreement";
import { EXIT } from "../../exit-codes.ts";
import { inFile, json, type Terminal } from "../../output.ts";
import { readAgreement } from "../../read-agreement.ts";

/** `standstill agreement check`: flaws of well-formed terms, each with its line and what would mend it. */
export async function checkCommand(
  file: string,
  options: { json: boolean },
  terminal: Terminal,
): Promise<number> {
  const text = await readAgreement(file);
  const flaws = inFile(file, () => lint(text));
  const told = flaws.map(
    ({ line, column, rule, sentence }) => `${file}:${line}:${column} ${rule}\n  ${sentence}`,
  );
  terminal.out(
    options.json ? json({ flaws }) : flaws.length === 0 ? "No flaw found." : told.join("\n"),
  );
  return flaws.length === 0 ? EXIT.ok : EXIT.findings;
}

/** `standstill agreement explain`: an agreement in plain prose. */
export async function explainCommand(
  file: string,
  options: { json: boolean },
  terminal: Terminal,
): Promise<number> {
  const text = await readAgreement(file);
  const articles = explain(inFile(file, () => parseDraft(text)));
  terminal.out(
    options.json
      ? json({ articles })
      : articles
          .map(({ title, sentences }) =>
            [title, ...sentences.map((sentence) => `  ${sentence}`)].join("\n"),
          )
          .join("\n\n"),
  );
  return EXIT.ok;
}
