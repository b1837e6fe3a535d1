import { logWords } from "../../words/index.ts";
import { logGap } from "../records.ts";
import { logCheck } from "./check.ts";

/** Records that are left out because only a part of the period is judged: it has no findings. */
export const recordsCut = {
  ...logCheck({
    id: "records-cut",
    rule: "time-covered",
    fields: [],
    run: ({ leftOut: { long, outside } }) => ({
      findings: [],
      gaps: [
        ...(long > 0 ? [logGap("records-cut", logWords.recordsCut(long), { records: long })] : []),
        ...(outside > 0
          ? [logGap("records-outside", logWords.recordsOutside(outside), { records: outside })]
          : []),
      ],
    }),
  }),
  accuses: false,
};
