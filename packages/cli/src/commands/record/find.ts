import { intervalOf } from "@standstill/record";
import type { StatementSummary } from "@standstill/replay";
import { findStatements } from "@standstill/views";
import { EXIT } from "../../exit-codes.ts";
import { json, type Terminal, table } from "../../output.ts";
import { stateOf } from "../../record-target.ts";

/** Options of `standstill find`. */
export interface FindOptions {
  readonly id?: string;
  readonly issuer?: string;
  readonly sequence?: number;
  readonly type?: string;
  readonly party?: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  readonly json: boolean;
}

/** `standstill find`: statements of a record that verifies, by whatever is known of them. */
export async function findCommand(
  target: string,
  options: FindOptions,
  terminal: Terminal,
): Promise<number> {
  const state = await stateOf(target);
  const found = findStatements(state, options).map((summary) => ({
    ...summary,
    time: intervalOf(state, summary.index),
  }));
  terminal.out(
    options.json
      ? json({ size: state.size, statements: found })
      : found.length === 0
        ? "No statement fits."
        : statementTable(found),
  );
  return EXIT.ok;
}

/** Statements as people read them. */
export function statementTable(
  statements: readonly (StatementSummary & { readonly time: ReturnType<typeof intervalOf> })[],
): string {
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
