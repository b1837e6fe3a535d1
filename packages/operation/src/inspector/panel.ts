import { boxOpen, boxSettle, caseRule, safeguardAccept } from "@standstill/adjudication";
import { actOf } from "../speak/act.ts";

/** Rules in a case. It is signed by so many members of the panel as the terms ask for, none of them concerned. */
export const rule = actOf(caseRule);

/** Accepts a safeguard of the terms, or takes the acceptance back. It is signed by assessors together. */
export const acceptSafeguard = actOf(safeguardAccept, ({ safeguards }, body) => {
  const { safeguard, model, accepted, evidence, reasons } = body;
  const entries = [...safeguards.entries.values()];
  const { assessment } =
    entries.find((one) => one.safeguard === safeguard && one.model === (model ?? null)) ?? {};
  return (
    assessment?.accepted === accepted &&
    assessment.evidence === evidence &&
    assessment.text === reasons
  );
});

/** Opens the reporting box: to whose keys people's reports are sealed, and how many of them open one. The panel signs it together. */
export const openBox = actOf(boxOpen);

/** Says that the panel is done with sealed reports, so that the server keeps them no longer. */
export const settleReports = actOf(boxSettle, ({ box }, { reports }) =>
  reports.every((report) => box.settled.has(report)),
);
