import { openCase, remedy, rule } from "@standstill/operation";
import { DAY_MS } from "@standstill/record";
import { roundOf } from "@standstill/views";
import type { Stage } from "../stage.ts";
import { reportAndJudge } from "./report-and-judge.ts";

/** The case about the party that did not stop goes through silence, ruling and remedy. */
export async function settle(stage: Stage): Promise<string[]> {
  const name = "dune/stop";
  await askDune(stage, name);
  const standard = stage.draft.adjudication?.standard ?? "";
  const ruling = {
    case: name,
    party: "dune",
    violation: "found" as const,
    standard,
    reasons: "The meters show training after the stop, and Dune has not said what ran.",
    remedy: { text: "Stop all training and show it by a report.", withinHours: 72 },
  };
  const early = await stage.inVain("panel", ["cedar", "ember"], (panel) => rule(panel, ruling));
  await stage.until(stage.now + 16 * DAY_MS);
  const own = await stage.inVain("panel", ["dune", "ember"], (panel) => rule(panel, ruling));
  await stage.together(
    "panel",
    ["cedar", "ember"],
    "rules: a violation, to be remedied within 72 hours",
    (panel) => rule(panel, ruling),
  );
  await stage.until(stage.now + 2 * DAY_MS);
  await reportAndJudge(stage, "dune", false);
  await stage.party("dune", "says that it has remedied it", (dune) =>
    remedy(dune, { case: name, text: "The hall idles since yesterday.", evidence: null }),
  );
  await stage.together("panel", ["cedar", "ember"], "rules: remedied", (panel) =>
    rule(panel, { case: name, party: "dune", violation: "remedied", standard, reasons: "Shown." }),
  );
  const [one] = roundOf(stage.state).cases;
  return [
    `A ruling before Dune’s time to answer was out was refused: ${early}.`,
    `A ruling with Dune’s own member was refused: ${own}.`,
    `The case is ${one?.phase}; its outcome: ${one?.outcome}.`,
  ];
}

/** Another party asks about the findings of the newest verdict. */
async function askDune(stage: Stage, name: string): Promise<void> {
  const verdict = [...stage.state.verdicts.verdicts.values()].findLast(
    ({ body }) => body.party === "dune",
  );
  const found = verdict?.body.duties.flatMap((one) => one.findings) ?? [];
  const findings = [...new Set(found.map(({ check }) => check))];
  await stage.party("aster", `asks Dune about: ${findings.join(", ")}`, (aster) =>
    openCase(aster, {
      case: name,
      party: "dune",
      verdict: verdict?.id,
      findings,
      question: "Your meters show 1,075 W an accelerator where idling takes 350. What ran?",
    }),
  );
}
