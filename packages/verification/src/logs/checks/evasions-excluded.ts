import { evasionOf } from "../../evasions/index.ts";
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
        .filter((name) => evasionOf(name)?.onLogs !== true)
        .map((name) =>
          logGap(
            "evasion-not-excluded",
            evasionOf(name)?.onLogs !== undefined
              ? `An activity log alone cannot exclude ${name}; a feed that the operator does not write is needed.`
              : `The evasion ${name} is not known, so it cannot be excluded.`,
            { evasion: name },
          ),
        ),
    }),
  }),
  accuses: false,
};
