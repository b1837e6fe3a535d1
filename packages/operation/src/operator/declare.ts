import { runDeclare, siteDeclare } from "@standstill/evidence";
import { actOf } from "../speak/act.ts";
import { sameWords } from "../speak/same-words.ts";

/** Declares a site of the party and the accelerators in it, node by node. */
export const declareSite = actOf(siteDeclare, ({ evidence }, body) =>
  sameWords(evidence.sites.get(body.site)?.body, body),
);

/** Declares an activity on named nodes of a site of the party. */
export const declareRun = actOf(runDeclare, ({ evidence }, body) =>
  sameWords(evidence.runs.get(body.run)?.body, body),
);
