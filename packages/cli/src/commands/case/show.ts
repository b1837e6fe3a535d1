import { roundOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { recordPlace, text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { table, UsageError } from "../../output.ts";
import { stateIn } from "../../record-place.ts";

/** `standstill case show`: everything that was said in one case, in the order of the record, and what is due in it. */
export const command = defineCommand({
  summary: "Everything that was said in one case, and what is due in it",
  arguments: {
    record: needed("<dir|url>", "the record", recordPlace),
    name: needed("<case>", "name of the case, as case list prints it", text),
  },
  examples: ["standstill case show .standstill dune/racks-1/clarification"],
  action: async ({ record, name }, terminal) => {
    const { cases } = roundOf(await stateIn(record));
    const found = cases.find((one) => one.name === name);
    if (found === undefined)
      throw new UsageError(
        `expected a case of the record, got ${name}`,
        cases.length === 0
          ? "No case is on record."
          : `Give one of ${cases.map((one) => one.name).join(", ")}.`,
      );
    terminal.answer(found, () => describe(found));
    return "ok";
  },
});

function describe(found: ReturnType<typeof roundOf>["cases"][number]): string {
  const due = found.due.map(
    ({ title, by, dueAt, ifSilent }) =>
      `Due ${new Date(dueAt).toISOString()} from ${by === "accused" ? found.party : by}: ${title} If silent: ${ifSilent}.`,
  );
  const said = found.timeline.map(({ index, at, issuer, deed, about, text: words }) => [
    String(index),
    new Date(at).toISOString(),
    issuer,
    deed,
    about ?? "",
    words,
  ]);
  return [
    `${found.name}: about ${found.party}, ${found.outcome} (${found.phase})`,
    "",
    table(["entry", "after", "who", "did", "about", "words"], said),
    ...(due.length === 0 ? [] : ["", ...due]),
  ].join("\n");
}
