import { intervalOf, type StatementSummary } from "@standstill/record";
import { findStatements } from "@standstill/views";
import { defineCommand } from "../command/define.ts";
import { count, instant, recordPlace, text } from "../command/format.ts";
import { needed, optional, usual } from "../command/input.ts";
import { table } from "../output.ts";
import { stateIn } from "../record-place.ts";

/** `standstill find`: statements of a record that verifies, by whatever is known of them. */
export const command = defineCommand({
  summary: "Find statements by id, issuer, number, type, party or time",
  arguments: { record: needed("<dir|url>", "the record; it is verified first", recordPlace) },
  options: {
    id: optional("<sha256>", "the statement's id", text),
    issuer: optional("<name>", "who issued it", text),
    sequence: optional("<number>", "its number among the issuer's statements", count),
    type: optional("<type>", "as run/declare", text),
    party: optional("<name>", "issued by this party or about it", text),
    after: optional("<time>", "made after this, for all that the marks tell", instant),
    before: optional("<time>", "made before this, for all that the marks tell", instant),
    limit: usual("<number>", "how many at most", count, "1000"),
  },
  examples: [
    "standstill find .standstill --party dune",
    "standstill find http://127.0.0.1:7878 --type verdict/publish --json",
  ],
  action: async ({ record, ...asked }, terminal) => {
    const state = await stateIn(record);
    const statements = findStatements(state, asked).map((summary) => ({
      ...summary,
      time: intervalOf(state, summary.index),
    }));
    terminal.answer({ size: state.size, statements }, () => describe(statements));
    return "ok";
  },
});

type Found = StatementSummary & { readonly time: ReturnType<typeof intervalOf> };

function describe(statements: readonly Found[]): string {
  if (statements.length === 0) return "No statement fits.";
  return table(
    ["entry", "type", "issuer", "number", "not before", "not after", "id"],
    statements.map(({ index, type, issuer, sequence, time, id }) => [
      String(index),
      type,
      issuer,
      String(sequence),
      time.notBefore ?? "-",
      time.notAfter ?? "-",
      id,
    ]),
  );
}
