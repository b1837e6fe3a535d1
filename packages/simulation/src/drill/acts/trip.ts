import { measureIndicator } from "@standstill/operation";
import { roundOf } from "@standstill/views";
import { boundSentence } from "../bound-sentence.ts";
import type { Stage } from "../stage.ts";

/** Two measurers find that a party's models are across the line of a tripwire. */
export async function trip(stage: Stage): Promise<string[]> {
  const result = { value: "21000", low: "18100", high: "25300", isBeyondInstrument: false };
  const what = "measures of Aster: a task horizon of 21,000 minutes (18,100 to 25,300)";
  for (const party of ["borealis", "dune"])
    await stage.party(party, what, (it) =>
      measureIndicator(it, {
        indicator: "task-horizon-p50",
        evidenceClass: "measurer",
        subject: "aster",
        result,
        period: { from: "2027-01-01", to: "2027-01-31" },
        method: { name: "metr-task-horizon", version: 1 },
        parameters: { penalty: "0" },
        commitment: "5a".repeat(32),
        rows: 700,
      }),
    );
  const { tripwires, pause } = roundOf(stage.state);
  const level = tripwires.find(({ id }) => id === "article-4-horizon")?.level;
  return [
    `article-4-horizon is ${level}; ${pause?.trigger} binds everybody to a pause.`,
    boundSentence(stage),
  ];
}
