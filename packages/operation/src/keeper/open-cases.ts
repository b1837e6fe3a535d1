import { nameSchema } from "@standstill/record";
import type { State } from "@standstill/replay";
import type { PublishedVerdict } from "@standstill/verification";
import { openCase } from "../anyone/cases.ts";
import type { Entry } from "../speak/registrar.ts";
import type { Keeper } from "../speak/speaker.ts";

/** Most characters of a question, and most findings of a case. */
const MOST_CHARACTERS = 2000;
const MOST_FINDINGS = 50;

/** Asks each party with findings to clarify them: one case for each verdict. It accuses nobody. */
export async function openCases(keeper: Keeper): Promise<Entry[]> {
  const opened: Entry[] = [];
  const isAsked = askedBy(keeper.issuer);
  for (const verdict of keeper.registrar.state.verdicts.verdicts.values()) {
    const { state } = keeper.registrar;
    if (isAsked(state, verdict.id)) continue;
    const body = caseAbout(state, verdict, keeper.issuer);
    const entry = body === undefined ? undefined : await openCase(keeper, body);
    if (entry !== undefined) opened.push(entry);
  }
  return opened;
}

/** Tells of a state whether somebody has opened a case about a verdict. Cases are gone through anew only where there are others than the last time. */
function askedBy(issuer: string) {
  let seen: State["cases"]["cases"] | undefined;
  let asked: ReadonlySet<string | null> = new Set();
  return ({ cases: { cases } }: State, verdict: string): boolean => {
    if (cases !== seen)
      asked = new Set(
        [...cases.values()].flatMap((one) => (one.openedBy === issuer ? [one.verdict] : [])),
      );
    seen = cases;
    return asked.has(verdict);
  };
}

/** The question that a verdict leaves; nothing where it leaves none. */
function caseAbout(state: State, { id, body }: PublishedVerdict, issuer: string) {
  const findings = body.duties.flatMap((duty) => duty.findings);
  if (findings.length === 0 || body.party === issuer) return undefined;
  return {
    case: freeName(state.cases.cases, body.site, id),
    party: body.party,
    verdict: id,
    findings: [...new Set(findings.map(({ check }) => check))].slice(0, MOST_FINDINGS),
    question: fitted([...new Set(findings.map(({ detail }) => detail))]),
  };
}

/** A name after the site, with a number from the second case on; after the verdict where the site's name is too long. */
function freeName(cases: { has(name: string): boolean }, site: string, verdict: string): string {
  const plain = nameSchema.safeParse(`${site}/clarification-9999`).success
    ? `${site}/clarification`
    : `clarification/${verdict}`;
  let name = plain;
  for (let number = 2; cases.has(name); number++) name = `${plain}-${number}`;
  return name;
}

/** Whole sentences, as many as fit. */
function fitted(sentences: readonly string[]): string {
  let text = "";
  for (const sentence of sentences) {
    const longer = text === "" ? sentence : `${text} ${sentence}`;
    if (longer.length > MOST_CHARACTERS) break;
    text = longer;
  }
  return text === "" ? (sentences[0] ?? "").slice(0, MOST_CHARACTERS) : text;
}
