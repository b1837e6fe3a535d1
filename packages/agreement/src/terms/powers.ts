import type { Powers } from "../conditions/rule.ts";
import type { Draft } from "./terms.ts";

/** Who can say something alone under terms: roles of one signature, and those without whom too few measure. */
export function powersOf(terms: Draft): Powers {
  const { roles = [], adjudication, safeguards = [], tripwires = [], yardsticks } = terms;
  const alone = (id: string | undefined): readonly string[] => {
    const role = roles.find((one) => one.id === id);
    return role?.signatures === 1 ? role.holders : [];
  };
  const inspectors = roles.filter(({ task }) => task === "inspector").map(({ id }) => id);
  const measurers = [...new Set([...inspectors, ...(yardsticks?.reporters ?? [])])];
  return {
    keeper: terms.keeper.id,
    rules: alone(adjudication?.panel),
    assesses: (id) => alone(safeguards.find((one) => one.id === id)?.assessedBy),
    measures: (id) => {
      const wire = tripwires.find((one) => one.id === id);
      if (wire === undefined || wire.indicator === "training-compute") return [terms.keeper.id];
      return wire.measurers === 1 || measurers.length - 1 < wire.measurers ? measurers : [];
    },
  };
}
