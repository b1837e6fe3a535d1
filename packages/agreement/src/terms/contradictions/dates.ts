import { conditionsIn } from "../../conditions/walk.ts";
import { conditionsOfTerms } from "../conditions-of-terms.ts";
import type { Draft } from "../terms.ts";
import type { Contradiction, Path } from "./contradiction.ts";

/** Days before the adoption, and an extension that ends no later than what it extends. */
export function* datesOutOfOrder(terms: Draft): Generator<Contradiction> {
  const { adopted, duration } = terms;
  for (const [path, date] of datesOf(terms))
    if (adopted !== undefined && date !== undefined && date < adopted)
      yield { path, message: `expected a day from the adoption on ${adopted} on, got ${date}` };
  const until = duration?.until;
  const longer = duration?.extension?.until;
  if (until !== undefined && longer !== undefined && longer <= until)
    yield {
      path: ["duration", "extension", "until"],
      message: `expected a day after ${until}, got ${longer}`,
    };
}

function* datesOf(terms: Draft): Generator<readonly [Path, string | undefined]> {
  const { entry, duration, exemptions = [] } = terms;
  yield [["entry", "notBefore"], entry?.notBefore];
  yield [["duration", "until"], duration?.until];
  yield [["duration", "extension", "until"], duration?.extension?.until];
  for (const [i, { until }] of exemptions.entries()) yield [["exemptions", i, "until"], until];
  for (const { path, condition } of conditionsOfTerms(terms))
    for (const { condition: part, path: inner } of conditionsIn(condition))
      if (part.kind === "from") yield [[...path, ...inner, "day"], part.day];
}
