import { millionths, nameSchema } from "@standstill/record";
import { z } from "zod";
import { listed } from "../explain/words.ts";
import { HIGHEST_PROBABILITY } from "../terms/measurement.ts";
import { reachesShare, shareSchema } from "../terms/share.ts";
import { neverMet, ruleOnFacts } from "./rule.ts";

/** Met while cheating by a party would have been seen with such a probability, evasion by evasion. */
export type Assurance = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("assurance"),
  party: nameSchema,
  /** Lower bound of the probability with which each evasion would have been seen. */
  atLeast: shareSchema,
  evasions: z.array(nameSchema).min(1).max(20),
  adversary: nameSchema,
});

/** The rule of `assurance`. */
export const assurance = ruleOnFacts<Assurance>({
  schema,
  names: ({ party }) => [{ what: "party", name: party, field: "party" }],
  holds: ({ party, atLeast, evasions, adversary }, { facts }) => {
    const known = facts.verdicts.get(party)?.assurance ?? [];
    return evasions.every((evasion) =>
      known.some(
        (one) =>
          one.evasion === evasion &&
          one.adversary === adversary &&
          reachesShare(one.lowTenThousandths, atLeast),
      ),
    );
  },
  sentence: ({ party, atLeast, evasions, adversary }, { name }) =>
    `cheating by ${name(party)} would be seen with a probability of ${atLeast} or more, for ${listed(evasions)}, against one who ${adversary.replaceAll("-", " ")}`,
  lint: ({ atLeast, evasions }, surroundings) => {
    if (millionths(atLeast) > millionths(HIGHEST_PROBABILITY))
      return [neverMet(`No site can show a probability above ${HIGHEST_PROBABILITY}.`)];
    const unplayed = evasions.find((evasion) => !surroundings.evasions.includes(evasion));
    return unplayed === undefined ? [] : [neverMet(`The evasion ${unplayed} is not played.`)];
  },
  // Whoever shows less about itself is seen with less.
  setBy: ({ party }) => [party],
});
