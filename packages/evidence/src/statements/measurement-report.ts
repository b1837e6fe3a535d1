import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { List } from "immutable";
import { type Declared, declared, type EvidencePart, type EvidenceState } from "../state.ts";
import { type MeasurementReport, measurementSchema } from "./measurement.ts";

/**
 * `measurement/report`: somebody tells what it measured of a declared site, or of a party, in a period. What a party tells of itself is its
 * own word; what another tells is independent of it.
 */
export const measurementReport = defineStatement({
  type: "measurement/report",
  version: DRAFT,
  roles: ["party", "inspector"],
  words: "Somebody tells what it measured of a party or a site in a period.",
  body: measurementSchema,
  reduce: ({ evidence }: EvidencePart, said) => {
    const { of } = said.body;
    if (of.includes("/") && !evidence.sites.has(of))
      return refuse("not-declared", `expected a declared site, got "${of}"`);
    const earlier = evidence.measurementsOf.get(of, List<Declared<MeasurementReport>>());
    const next: EvidenceState = {
      ...evidence,
      measurementsOf: evidence.measurementsOf.set(of, earlier.push(declared(said))),
    };
    return { evidence: next };
  },
});
