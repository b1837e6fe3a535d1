import { calendarOf } from "@standstill/adjudication";
import { roundOf } from "@standstill/replay";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table } from "../output.ts";
import { stateOf } from "../record-target.ts";

/** `standstill case list`: the cases of a record, and where each stands. */
export async function caseListCommand(
  target: string,
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const { cases } = roundOf(await stateOf(target));
  const rows = cases.flatMap((one) =>
    one.steps.map((step, i) => [
      ...(i === 0 ? [one.name, one.party] : ["", ""]),
      ...[step.id, step.by, step.standing],
      step.dueAt === null ? "" : new Date(step.dueAt).toISOString(),
    ]),
  );
  terminal.out(
    options.json
      ? json({ cases })
      : cases.length === 0
        ? "No case is on record."
        : table(["case", "about", "step", "by", "standing", "due"], rows),
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
  const { deadlines } = roundOf(state);
  if (options.calendar) {
    const name = state.agreement.terms?.log.vkey.split("+")[0] ?? "record";
    terminal.out(calendarOf(deadlines, name, state.clock.at).trimEnd());
    return EXIT.ok;
  }
  terminal.out(
    options.json
      ? json({ at: new Date(state.clock.at).toISOString(), deadlines })
      : deadlines.length === 0
        ? "Nothing is due."
        : table(
            ["due", "from", "case", "what", "if silent"],
            deadlines.map((one) => [
              new Date(one.dueAt).toISOString(),
              one.by === "accused" ? one.party : one.by,
              ...[one.case, one.title, one.ifSilent],
            ]),
          ),
  );
  return EXIT.ok;
}
