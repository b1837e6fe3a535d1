import { normalizeQuantity } from "@standstill/record";

/** What a new agreement starts from. */
export interface NewDraftAnswers {
  readonly name: string;
  /** Names of the parties, as people say them. */
  readonly parties: readonly string[];
  readonly keeper: string;
  /** Limit on one training run and line from which training is declared, as `1e24 FLOP`. */
  readonly limit: string;
  readonly declaredFrom: string;
  /** How many parties must hold each other bound. */
  readonly quorum: number;
  /** Days of notice before a party leaves. */
  readonly noticeDays: number;
}

/** A short name for a party: lower-case letters, digits and hyphens. */
export function idOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "party";
}

/**
 * The text of a new agreement, to be filled in: everything that can be decided from a few answers is there, with a comment
 * where people have to decide more.
 */
export function newDraft(answers: NewDraftAnswers): string {
  const { name, parties, keeper, limit, declaredFrom, quorum, noticeDays } = answers;
  const flop = (text: string) => normalizeQuantity(text);
  const quoted = (text: string) => JSON.stringify(text);
  const ids = parties.map(idOf);
  const witnesses = ids.slice(0, Math.max(2, quorum));
  return `# A new agreement. Run "standstill agreement check" on it after every change, and "explain" to read it as prose.
name: ${quoted(name)}
version: 1
about: ${quoted(`${parties.join(", ")} limit training and let each other check it.`)}
text: { languages: [en], prevails: code }

parties:
${parties.map((party) => `  - { id: ${quoted(idOf(party))}, name: ${quoted(party)}, kind: lab }`).join("\n")}
keeper: { id: ${quoted(idOf(keeper))}, name: ${quoted(keeper)} }
witnesses:
${witnesses.map((id) => `  - { id: ${quoted(`witness-${id}`)}, party: ${quoted(id)} }`).join("\n")}
witnessQuorum: 2
# Who rules when parties disagree. Somebody outside would be better than the parties themselves.
roles:
  - { id: panel, name: The Panel, task: adjudicator, holders: [${ids.map(quoted).join(", ")}], signatures: 2 }
  - { id: assessors, name: The Assessors, task: assessor, holders: [${ids.map(quoted).join(", ")}], signatures: 2 }

counting:
  rule: every-operation-equally
  source: Agreed. The alternatives are fp16-equivalent-maximum and native-operations.

obligations:
  - id: article-1
    kind: training-run-limit
    title: No training run above the limit.
    mode: cap
    limit: ${quoted(flop(limit))}
    over: lineage
  - id: article-2
    kind: training-declared
    title: Training is declared as training.
    mode: cap
    above: ${quoted(flop(declaredFrom))}
  - id: article-3
    kind: accelerators-registered
    title: Every accelerator is registered.
    mode: cap
    located: true

inspections: { perPartyPerYear: 4, accessWithinHours: 24, challenge: red-light, majority: "0.75" }
adjudication:
  panel: panel
  quorum: "0.66"
  majority: "0.66"
  standard: More likely than not, from evidence that the accused party has seen.
  steps:
    - id: clarification
      title: The party says what it makes of a finding.
      by: accused
      withinHours: 120
      ifSilent: the finding goes to the panel as it stands
    - id: ruling
      title: The panel rules and gives its reasons.
      by: panel
      withinHours: 336
      ifSilent: no violation is found

# What must be in place before the limits are lifted. Name what you would accept, and who says so.
safeguards:
  - { id: evaluations, title: Evaluations that would notice dangerous capabilities., assessedBy: assessors }
lift:
  title: The limits are lifted once safeguards are in place and the parties agree.
  when:
    kind: all
    of:
      - { kind: accepted, safeguard: evaluations }
      - { kind: vote, question: lift, rule: green-light, quorum: "0.66", majority: "0.75" }
  noticeDays: 30

entry:
  title: ${quoted(`As soon as ${quorum} parties hold each other bound, and for as long as they do.`)}
  when: { kind: count, atLeast: ${quorum} }
  delayDays: 0
  holds: throughout
duration: { title: "Two years, unless it is lifted before.", days: 730 }
withdrawal: { title: Any party may leave., noticeDays: ${noticeDays} }
amendment: { title: All parties but one., when: { kind: count, atLeast: ${Math.max(1, parties.length - 1)} } }
`;
}
