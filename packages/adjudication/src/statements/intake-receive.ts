import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { IntakePart, IntakeState } from "../intake.ts";

/**
 * `intake/receive`: the keeper says that a sealed report was handed in, by its hash alone, once: proof for whoever wrote it, and a name for
 * nobody.
 */
export const intakeReceive = defineStatement({
  type: "intake/receive",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper says that a sealed report of somebody was handed in, by its hash alone.",
  body: z.strictObject({ report: sha256Schema }),
  reduce: ({ intake }: IntakePart, { index, body: { report } }) => {
    if (intake.received.has(report))
      return refuse("already-said", `expected another report, got ${report} again`);
    const next: IntakeState = { ...intake, received: intake.received.set(report, index) };
    return { intake: next };
  },
});
