import { calendarOf } from "@standstill/adjudication";
import { HOUR_MS } from "@standstill/record";
import { roundOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { recordPlace } from "../../command/format.ts";
import { flag, needed } from "../../command/input.ts";
import { table } from "../../output.ts";
import { stateIn } from "../../record-place.ts";

/** `standstill case deadlines`: what is due from whom, the soonest first; with `--calendar` for calendar programs. */
export const command = defineCommand({
  summary: "What is due from whom, by the record's newest mark of time",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: { calendar: flag("print a calendar (RFC 5545)") },
  examples: [
    "standstill case deadlines .standstill",
    "standstill case deadlines .standstill --calendar > deadlines.ics",
  ],
  action: async ({ record, calendar }, terminal) => {
    const state = await stateIn(record);
    const { deadlines, reportsDue, reporting } = roundOf(state);
    const { at } = state.clock;
    if (calendar) {
      const name = state.agreement.terms?.log.vkey.split("+")[0] ?? "record";
      terminal.out(calendarOf(deadlines, reportsDue, name, at).trimEnd());
      return "ok";
    }
    const missing = reporting.filter(({ standing }) => standing === "missing");
    const answer = { at: new Date(at).toISOString(), deadlines, reportsDue, missing };
    terminal.answer(answer, () => describe(answer));
    return "ok";
  },
});

type Round = ReturnType<typeof roundOf>;

function describe({
  deadlines,
  reportsDue,
  missing,
}: Pick<Round, "deadlines" | "reportsDue"> & { readonly missing: Round["reporting"] }): string {
  const rows = [
    ...missing.map(({ dueAt, party, site, report, title, uncovered }) => [
      new Date(dueAt).toISOString(),
      party,
      report,
      `${title} Missing${site === null ? "" : ` of ${site}`}${hours(uncovered)}.`,
      "unverified at best",
    ]),
    ...deadlines.map((one) => [
      new Date(one.dueAt).toISOString(),
      one.by === "accused" ? one.party : one.by,
      one.case,
      one.title,
      one.ifSilent,
    ]),
    ...reportsDue.map(({ dueAt, report, title }) => [
      new Date(dueAt).toISOString(),
      "everybody bound",
      report,
      title,
      "",
    ]),
  ].sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  return rows.length === 0
    ? "Nothing is due."
    : table(["due", "from", "case", "what", "if silent"], rows);
}

function hours(milliseconds: number): string {
  return milliseconds === 0 ? "" : `: ${Math.ceil(milliseconds / HOUR_MS)} hours`;
}
