import type { CheckableTerms, Terms } from "@standstill/agreement";
import { MINUTE_MS, normalizeQuantity } from "@standstill/record";

/** Terms under which made-up sites are judged: those given, with windows of a minute, a limit out of reach, and every yardstick. */
export function siteTerms(base: CheckableTerms<Terms>): CheckableTerms<Terms> {
  const source = "Agreed for made-up sites.";
  return {
    ...base,
    window: { milliseconds: MINUTE_MS },
    obligations: base.obligations.map((one) =>
      one.kind === "training-run-limit" ? { ...one, limit: normalizeQuantity("1e24 FLOP") } : one,
    ),
    yardsticks: {
      reporters: ["other", "north-cloud", "south-cloud", "west-cloud"],
      counters: {
        tensorPipe: { low: "0.40", high: "1.00" },
        overhead: "1.50",
        idleActivity: "0.02",
        bytesPerToken: "2000 bytes",
        quietTraffic: "8000000 bit/s",
        bytesPerParameter: { training: "2", inference: "0.5" },
        source,
      },
      landmarks: { lying: 1, source },
      identities: { maxAgeHours: 8760, unverifiable: "1", source },
      scores: [
        {
          id: "exam",
          name: "An exam",
          source,
          most: [
            { flop: normalizeQuantity("1e22 FLOP"), score: "0.4" },
            { flop: normalizeQuantity("1e24 FLOP"), score: "0.6" },
          ],
        },
      ],
      meters: {
        random: "0.001",
        systematic: "0.005",
        source,
        // Of `limitsFor(12, 0.01)`, rounded up: one party's share of one false alarm in twenty.
        periods: { horizon: 12, cumulated: "3.342", reference: "0.5", page: "5.225" },
      },
    },
  };
}
