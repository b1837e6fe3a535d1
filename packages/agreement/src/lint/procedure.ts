import { canonicalBytes, MAX_STATEMENT_BYTES } from "@standstill/record";
import { asksWhoIsBound } from "../conditions/walk.ts";
import { startOfDay } from "../instant.ts";
import { lineOf, obligationRuleOf } from "../obligations/obligation.ts";
import { type Draft, isCheckable } from "../terms/terms.ts";
import { type Rule, tellIf } from "./rule.ts";

function holdsBack(terms: Draft): boolean {
  return terms.obligations.some((one) => obligationRuleOf(one).holdsBack);
}

const noLift: Rule = (terms) =>
  tellIf(
    holdsBack(terms) && terms.lift === undefined && terms.duration === undefined,
    "no-lift",
    [],
    "The terms limit training and do not say what lifts the limits, nor when they end. Add lift, or a duration.",
  );

const noEntry: Rule = (terms) =>
  tellIf(
    terms.entry === undefined,
    "no-entry",
    [],
    "The terms do not say when they enter into force, nor how one joins. Add entry.",
  );

const noWayOut: Rule = (terms) =>
  tellIf(
    terms.entry !== undefined && asksWhoIsBound(terms.entry.when) && terms.withdrawal === undefined,
    "no-withdrawal",
    [],
    "The terms do not say how a party leaves, so each will decide it alone. Add withdrawal with its notice.",
  );

const noAmendment: Rule = (terms) =>
  tellIf(
    isCheckable(terms) && terms.amendment === undefined,
    "no-amendment",
    [],
    "Thresholds wear out as methods get better, and the terms cannot be changed. Add amendment.",
  );

const noAdjudication: Rule = (terms) =>
  tellIf(
    (isCheckable(terms) || holdsBack(terms)) && terms.adjudication === undefined,
    "no-adjudication",
    [],
    "Nobody rules when parties disagree, so a finding stays a finding. Add adjudication.",
  );

const reportAfterNext: Rule = ({ reporting = [] }) =>
  reporting.flatMap(({ kind, withinDays, everyDays, everyMonths }, i) => [
    ...tellIf(
      withinDays > (everyDays ?? (everyMonths ?? Number.POSITIVE_INFINITY) * 28),
      "report-after-next",
      ["reporting", i, "withinDays"],
      "A report is due after the next period has ended, so one is always open. Shorten the time.",
    ),
    ...tellIf(
      kind === "periodic" && everyDays === undefined && everyMonths === undefined,
      "period-unknown",
      ["reporting", i],
      "A periodic report without a period. Say every how many days or months.",
    ),
  ]);

const planWithoutActual: Rule = ({ reporting = [] }) =>
  reporting.flatMap(({ kind }, i) =>
    tellIf(
      kind === "plan" && !reporting.some((one) => one.kind === "actual"),
      "plan-without-actual",
      ["reporting", i],
      "Plans are reported and nobody says afterwards what was done. Add a report of the kind actual.",
    ),
  );

const accessTooLate: Rule = ({ inspections, goals }) =>
  tellIf(
    inspections !== undefined &&
      goals?.timelinessHours !== undefined &&
      inspections.accessWithinHours > goals.timelinessHours,
    "access-too-late",
    ["inspections", "accessWithinHours"],
    "Inspectors get access later than cheating is to be seen. Shorten the one or lengthen the other.",
  );

/** Time before anybody was bound: judged by what nobody had agreed to yet, so it has to say something and be bearable. */
const accountsBefore: Rule = (terms) => {
  const { accounts, entry, obligations } = terms;
  if (accounts === undefined) return [];
  const path = ["accounts", "from"];
  const notBefore = entry?.notBefore;
  return [
    ...tellIf(
      !isCheckable(terms),
      "accounts-unmeasured",
      path,
      "Nothing says how compute is measured, so no time can be judged, and none before. Say it, or leave this out.",
    ),
    ...tellIf(
      notBefore !== undefined && Date.parse(accounts.from) >= startOfDay(notBefore),
      "accounts-idle",
      path,
      "All account for a time that begins only when it may be in force already, so this adds nothing. Put it earlier, or leave it out.",
    ),
    ...tellIf(
      obligations.some((one) => one.mode === "cap" && lineOf(one)?.amount === "0 FLOP"),
      "accounts-for-nothing",
      path,
      "A limit of nothing at all would hold for time before anybody had agreed to it, so that whoever trained then cannot join. Begin later, or let that limit bind from a stricter mode on.",
    ),
  ];
};

const noInspections: Rule = ({ inspections, adjudication }) =>
  tellIf(
    inspections?.perPartyPerYear === 0 && adjudication !== undefined,
    "no-inspections",
    ["inspections", "perPartyPerYear"],
    "No party owes any inspection, so no doubt can be settled on the spot. Allow a few.",
  );

const endsTooSoon: Rule = ({ duration, entry, withdrawal }) => [
  ...tellIf(
    duration?.until !== undefined &&
      entry?.notBefore !== undefined &&
      entry.notBefore >= duration.until,
    "ends-before-entry",
    ["duration", "until"],
    "It ends before it can enter into force. Move one of the days.",
  ),
  ...tellIf(
    duration?.days !== undefined &&
      withdrawal !== undefined &&
      withdrawal.noticeDays + (withdrawal.notBeforeDays ?? 0) >= duration.days,
    "withdrawal-after-end",
    ["withdrawal", "noticeDays"],
    "A withdrawal would take effect only after everything has ended. Shorten the notice.",
  ),
  ...tellIf(
    duration !== undefined && duration.until === undefined && duration.days === undefined,
    "duration-unbounded",
    ["duration"],
    "A duration without a day or a number of days. Give one.",
  ),
];

const noNotice: Rule = ({ withdrawal }) =>
  tellIf(
    withdrawal?.noticeDays === 0,
    "no-notice",
    ["withdrawal", "noticeDays"],
    "A party can leave from one moment to the next, which is what the others fear most. Ask for notice.",
  );

/** One member may be accused and another have opened the case: the others must still be enough. */
const panelTooSmall: Rule = ({ adjudication, roles = [], parties }) => {
  const at = roles.findIndex(({ id }) => id === adjudication?.panel);
  const role = roles[at];
  const members = new Set(parties.map(({ id }) => id));
  const parting = (role?.holders ?? []).filter((holder) => members.has(holder)).length;
  return tellIf(
    // Where every party is a member there is nobody to add.
    role !== undefined &&
      parting < members.size &&
      role.holders.length - Math.min(2, parting) < role.signatures,
    "panel-too-small",
    ["roles", at, "holders"],
    "Where one member is accused and another opened the case, too few are left to rule, so an ally could stop any ruling. Add members.",
  );
};

/** An assessor may have handed in the safeguard of a model itself: the others must still be enough. */
const assessorsTooFew: Rule = ({ roles = [], parties }) => {
  const members = new Set(parties.map(({ id }) => id));
  return roles.flatMap(({ task, holders, signatures }, i) => {
    const parting = holders.filter((holder) => members.has(holder)).length;
    return tellIf(
      // Where every party is an assessor there is nobody to add.
      task === "assessor" &&
        parting > 0 &&
        parting < members.size &&
        holders.length - 1 < signatures,
      "assessors-too-few",
      ["roles", i, "holders"],
      "An assessor that hands in a safeguard for a model of its own does not assess it, and too few are left then. Add assessors.",
    );
  });
};

const stepsTooLate: Rule = ({ adjudication, withdrawal }) => {
  if (adjudication === undefined || withdrawal === undefined) return [];
  const hours = adjudication.steps.reduce((sum, { withinHours }) => sum + withinHours, 0);
  return tellIf(
    withdrawal.noticeDays > 0 && hours > withdrawal.noticeDays * 24,
    "ruling-after-withdrawal",
    ["adjudication", "steps"],
    `A ruling takes up to ${hours} hours, longer than the notice of withdrawal, so an accused party is gone before it. Shorten the steps or lengthen the notice.`,
  );
};

const textUnfixed: Rule = ({ text }) =>
  tellIf(
    text?.prevails === "text" && text.sha256 === undefined,
    "text-unfixed",
    ["text"],
    "The text prevails over these terms, and its hash is not given, so another text could be put in its place. Add sha256.",
  );

/** Room that keys and signatures take in a statement beside the terms, in bytes. */
const ROOM_FOR_KEYS = 4000;

const tooLarge: Rule = (terms) => {
  const bytes = canonicalBytes(terms).length;
  return tellIf(
    bytes + ROOM_FOR_KEYS > MAX_STATEMENT_BYTES,
    "too-large",
    [],
    `The terms take ${bytes} bytes, and a statement holds ${MAX_STATEMENT_BYTES} with all keys in it, so they cannot be put on a record whole. Shorten them.`,
  );
};

/** Rules about how it begins, ends, and how doubt is settled. */
export const procedureRules: readonly Rule[] = [
  noLift,
  noEntry,
  noWayOut,
  noAmendment,
  noAdjudication,
  reportAfterNext,
  planWithoutActual,
  accessTooLate,
  noInspections,
  accountsBefore,
  endsTooSoon,
  noNotice,
  panelTooSmall,
  assessorsTooFew,
  stepsTooLate,
  textUnfixed,
  tooLarge,
];
