import { type ObjectionRule, objection } from "./objection.ts";

/** More accelerators than are on record. */
export const acceleratorsRegistered: ObjectionRule<"accelerators-registered"> = (
  _obligation,
  duty,
  { rules, judged },
) => {
  const { accelerator, accelerators } = judged.request;
  const all = [...rules.registered.values()].reduce((sum, one) => sum + one, 0);
  const known = accelerator === undefined ? all : (rules.registered.get(accelerator) ?? 0);
  const kind = accelerator === undefined ? "" : ` ${accelerator}`;
  const expected = "every accelerator on record as part of a site";
  return accelerators <= known
    ? []
    : [objection(duty, expected, `${accelerators} where ${known}${kind} are on record`)];
};
