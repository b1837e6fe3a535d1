import { COVERED_EVASIONS, UNCOVERED_EVASIONS } from "../evasion-names.ts";
import { logGap } from "../records.ts";
import { logCheck } from "./check.ts";

/** What the agreed evasions would need that a log cannot show: it has no findings. */
export const evasionsExcluded = {
  ...logCheck({
    id: "evasions-excluded",
    rule: "log-whole",
    fields: [],
    run: ({ terms: { evasions = [] } }) => ({
      findings: [],
      gaps: evasions
        .filter((name) => !COVERED_EVASIONS.includes(name))
        .map((name) =>
          logGap(
            "evasion-not-excluded",
            UNCOVERED_EVASIONS.includes(name)
              ? `An activity log alone cannot exclude ${name}; a feed that the operator does not write is needed.`
              : `The evasion ${name} is not known, so it cannot be excluded.`,
            { evasion: name },
          ),
        ),
    }),
  }),
  accuses: false,
};
