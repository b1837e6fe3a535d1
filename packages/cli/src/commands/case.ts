import { calendarOf } from "@standstill/adjudication";
import { roundOf } from "@standstill/views";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";
import { stateOf } from "../record-target.ts";

/** `standstill case list`: the cases of a record, and where each stands. */
export async function caseListCommand(
  target: string,
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const { cases, reliability } = roundOf(await stateOf(target));
  const rows = cases.flatMap((one) =>
    one.steps.map((step, i) => [
      ...(i === 0 ? [one.name, one.party, one.outcome] : ["", "", ""]),
      ...[step.id, step.by, step.standing],
      step.dueAt === null ? "" : new Date(step.dueAt).toISOString(),
    ]),
  );
  const opened = reliability.map(({ issuer, opened: all, open, found, unfounded }) =>
    [issuer, all, open, found, unfounded].map(String),
  );
  terminal.out(
    options.json
      ? json({ cases, reliability })
      : cases.length === 0
        ? "No case is on record."
        : [
            table(["case", "about", "outcome", "step", "by", "standing", "due"], rows),
            "",
            table(["opened by", "cases", "open", "found", "unfounded"], opened),
          ].join("\n"),
  );
  return EXIT.ok;
}

/** `standstill case show`: everything that was said in one case, in the order of the record, and what is due in it. */
export async function caseShowCommand(
  target: string,
  name: string,
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const { cases } = roundOf(await stateOf(target));
  const one = cases.find((its) => its.name === name);
  if (one === undefined)
    throw new UsageError(
      `expected a case of the record, got ${name}`,
      cases.length === 0
        ? "No case is on record."
        : `Give one of ${cases.map((its) => its.name).join(", ")}.`,
    );
  const due = one.due.map(
    ({ title, by, dueAt, ifSilent }) =>
      `Due ${new Date(dueAt).toISOString()} from ${by === "accused" ? one.party : by}: ${title} If silent: ${ifSilent}.`,
  );
  const lines = one.timeline.map(({ index, at, issuer, deed, about, text }) => [
    ...[String(index), new Date(at).toISOString(), issuer, deed, about ?? "", text],
  ]);
  terminal.out(
    options.json
      ? json(one)
      : [
          `${one.name}: about ${one.party}, ${one.outcome} (${one.phase})`,
          "",
          table(["entry", "after", "who", "did", "about", "words"], lines),
          ...(due.length === 0 ? [] : ["", ...due]),
        ].join("\n"),
  );
  return EXIT.ok;
}

/** `standstill case deadlines`: what is due from whom, the soonest first; with `--calendar` for calendar programs. */
export async function caseDeadlinesCommand(
  target: string,
  options: { readonly json: boolean; readonly calendar: boolean },
  terminal: Terminal,
): Promise<number> {
  const state = await stateOf(target);
  const { deadlines, reportsDue, reporting } = roundOf(state);
  const missing = reporting.filter(({ standing }) => standing === "missing");
  if (options.calendar) {
    const name = state.agreement.terms?.log.vkey.split("+")[0] ?? "record";
    terminal.out(calendarOf(deadlines, reportsDue, name, state.clock.at).trimEnd());
    return EXIT.ok;
  }
  terminal.out(
    options.json
      ? json({ at: new Date(state.clock.at).toISOString(), deadlines, reportsDue, missing })
      : deadlines.length + reportsDue.length + missing.length === 0
        ? "Nothing is due."
        : table(
            ["due", "from", "case", "what", "if silent"],
            [
              ...missing.map(({ dueAt, party, site, report, title, uncovered }) => [
                ...[new Date(dueAt).toISOString(), party, report],
                `${title} Missing${site === null ? "" : ` of ${site}`}${hours(uncovered)}.`,
                "unverified at best",
              ]),
              ...deadlines.map((one) => [
                new Date(one.dueAt).toISOString(),
                one.by === "accused" ? one.party : one.by,
                ...[one.case, one.title, one.ifSilent],
              ]),
              ...reportsDue.map(({ dueAt, report, title }) => [
                ...[new Date(dueAt).toISOString(), "everybody bound", report, title, ""],
              ]),
            ].sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
          ),
  );
  return EXIT.ok;
}

function hours(milliseconds: number): string {
  return milliseconds === 0 ? "" : `: ${Math.ceil(milliseconds / 3_600_000)} hours`;
}
