import { readFile } from "node:fs/promises";
import {
  conditionSentence,
  explain,
  lint,
  parseDraft,
  type Terms,
  whatIf,
} from "@standstill/agreement";
import { roundOf } from "@standstill/replay";
import { EXIT } from "../exit-codes.ts";
import { inFile, json, type Terminal, table, UsageError } from "../output.ts";
import { stateOf } from "../record-target.ts";

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

/** `standstill agreement status`: who is bound by a record, and why. */
export async function statusCommand(
  target: string,
  options: { json: boolean },
  terminal: Terminal,
): Promise<number> {
  const state = await stateOf(target);
  const { bound, bindings } = roundOf(state);
  const { terms, coalition } = state.agreement;
  if (options.json) {
    terminal.out(json({ size: state.size, bound, bindings, history: coalition.history }));
    return EXIT.ok;
  }
  const name = nameIn(terms);
  const rows = bindings.map(({ party, mode, since, bound: holds }) => [
    name(party),
    holds ? `bound to a ${mode}` : "not bound",
    since === null ? "never" : String(since),
    conditionSentence(coalition.pledges.get(party)?.while ?? { all: [] }, name),
  ]);
  terminal.out(
    [
      `${bound.length} of ${terms?.parties.length ?? 0} parties are bound, by ${state.size} statements.`,
      "",
      table(["party", "status", "since entry", "while"], rows),
    ].join("\n"),
  );
  return EXIT.ok;
}

/** What `standstill agreement what-if` supposes. */
export interface WhatIfOptions {
  readonly finding: readonly string[];
  readonly gone: readonly string[];
  readonly json: boolean;
}

/** `standstill agreement what-if`: who would follow whom out. */
export async function whatIfCommand(
  target: string,
  options: WhatIfOptions,
  terminal: Terminal,
): Promise<number> {
  const { terms, coalition } = (await stateOf(target)).agreement;
  const known = (terms?.parties ?? []).map(({ id }) => id);
  const unknown = [...options.finding, ...options.gone].find((party) => !known.includes(party));
  if (unknown !== undefined) {
    throw new UsageError(
      `expected parties of the agreement (${known.join(", ")}), got "${unknown}"`,
      "Name one of them.",
    );
  }
  const supposed = { accused: new Set(options.finding), gone: new Set(options.gone) };
  const { rounds, bound } = whatIf(coalition, supposed);
  if (options.json) {
    terminal.out(json({ rounds, bound: [...bound.keys()] }));
    return EXIT.ok;
  }
  const name = nameIn(terms);
  const names = (parties: Iterable<string>) => [...parties].map(name).join(", ") || "nobody";
  terminal.out(
    [
      rounds.length === 0
        ? "Nobody would drop out."
        : `${rounds.flat().length} of ${coalition.bound.size} bound parties would drop out.`,
      ...rounds.map((round, i) => `  ${i + 1}. ${names(round)}`),
      `Still bound: ${names(bound.keys())}.`,
    ].join("\n"),
  );
  return EXIT.ok;
}

function nameIn(terms: Terms | undefined): (id: string) => string {
  return (id) => terms?.parties.find((party) => party.id === id)?.name ?? id;
}

async function readAgreement(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UsageError(
      `expected a file, got ${file}, which cannot be read`,
      "Give the path of an agreement.",
    );
  }
}
