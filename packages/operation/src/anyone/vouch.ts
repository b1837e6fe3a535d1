import { programVouch } from "@standstill/record";
import { actOf } from "../speak/act.ts";

/** Says which bytes a program has, unless that is the issuer's last word on it already. */
export const vouchFor = actOf(programVouch, ({ programs }, body, issuer) => {
  const last = programs.get(body.program)?.get(issuer);
  return last?.sha256 === body.sha256 && last.version === body.version;
});
