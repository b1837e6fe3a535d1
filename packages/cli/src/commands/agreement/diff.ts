import { type Draft, diffTerms } from "@standstill/agreement";
import { draftIn } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { file } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { table } from "../../output.ts";
import { nameIn } from "./words.ts";

/** `standstill agreement diff`: what changes between two versions of terms, and for whom it becomes stricter or looser. */
export const command = defineCommand({
  summary: "Tell what changes between two versions of terms, and for whom it becomes stricter",
  arguments: {
    before: needed("<before>", "the agreement before", file),
    after: needed("<after>", "the agreement after", file),
  },
  examples: [
    "standstill agreement diff agreements/rules/miri-web.yaml agreements/rules/miri-report.yaml",
    "standstill agreement diff old.yaml new.yaml --json",
  ],
  action: async ({ before, after }, terminal) => {
    const [was, is] = await Promise.all([draftIn(before), draftIn(after)]);
    const differences = diffTerms(was, is);
    terminal.answer({ differences }, () => describe(differences, is));
    return "ok";
  },
});

function describe(differences: ReturnType<typeof diffTerms>, terms: Draft): string {
  if (differences.length === 0) return "Both say the same.";
  const name = nameIn(terms);
  const count = (effect: string) => differences.filter((one) => one.effect === effect).length;
  const everybody = terms.parties.length;
  const rows = differences.map(({ path, kind, effect, before: old, after: now, concerns }) => [
    effect,
    concerns.length >= everybody ? "all" : concerns.map(name).join(", "),
    `${path}: ${kind === "changed" ? `${old} → ${now}` : `${kind} ${short(kind === "added" ? now : old)}`}`,
  ]);
  return [
    `${differences.length} differences: ${count("stricter")} stricter, ${count("looser")} looser, ${count("different")} only different.`,
    "",
    table(["effect", "for", "what"], rows),
  ].join("\n");
}

function short(words = ""): string {
  return words.length > 100 ? `${words.slice(0, 100)}…` : words;
}
