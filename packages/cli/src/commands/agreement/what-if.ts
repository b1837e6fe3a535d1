import { rulesOf, whatIf } from "@standstill/agreement";
import { defineCommand } from "../../command/define.ts";
import { instant, recordPlace, text } from "../../command/format.ts";
import { needed, optional, several } from "../../command/input.ts";
import { UsageError } from "../../output.ts";
import { agreementIn } from "../../record-place.ts";
import { changeWords, nameIn } from "./words.ts";

/** `standstill agreement what-if`: who would follow whom out, in order and with days. */
export const command = defineCommand({
  summary: "Tell who would follow whom out, and when",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    finding: several("<party>", "suppose a finding against this party", text),
    gone: several("<party>", "suppose that this party leaves", text),
    verified: several("<party>", "suppose that this party comes to be verified", text),
    tripped: several("<tripwire>", "suppose that this tripwire trips", text),
    accepted: several("<safeguard>", "suppose that this safeguard is accepted", text),
    ruled: several("<question>", "suppose that this question is answered with yes", text),
    at: optional("<day>", "suppose it for this day or instant", instant),
  },
  examples: [
    "standstill agreement what-if .standstill --finding aster",
    "standstill agreement what-if .standstill --tripped article-4 --gone borealis --json",
  ],
  action: async ({ record, finding, gone, verified, tripped, accepted, ruled, at }, terminal) => {
    const { terms, coalition } = await agreementIn(record);
    const parties = terms.parties.map(({ id }) => id);
    refuseUnknown("parties", parties, [...finding, ...gone, ...verified]);
    const tripwires = (terms.tripwires ?? []).map(({ id }) => id);
    refuseUnknown("tripwires", tripwires, tripped);
    const safeguards = (terms.safeguards ?? []).map(({ id }) => id);
    refuseUnknown("safeguards", safeguards, accepted);
    const supposed = { findings: finding, gone, verified, tripped, accepted, ruled };
    const cascade = whatIf(
      rulesOf(terms),
      coalition,
      at === undefined ? supposed : { ...supposed, at },
    );
    const { rounds, changes, bound } = cascade;
    terminal.answer({ rounds, changes, bound: [...bound.keys()] }, () =>
      describe(cascade, coalition.bound.size, nameIn(terms)),
    );
    return "ok";
  },
});

function describe(
  { rounds, changes, bound }: ReturnType<typeof whatIf>,
  before: number,
  name: (id: string) => string,
): string {
  const names = (ids: Iterable<string>) => [...ids].map(name).join(", ") || "nobody";
  return [
    rounds.length === 0
      ? "Nobody would drop out at once."
      : `${rounds.flat().length} of ${before} bound parties would drop out at once.`,
    ...rounds.map((round, i) => `  ${i + 1}. ${names(round)}`),
    ...(changes.length === 0
      ? []
      : [
          "What would change, if nothing else is said:",
          ...changes.map((one) => `  ${changeWords(one, name)}`),
        ]),
    `Still bound: ${names(bound.keys())}.`,
  ].join("\n");
}

function refuseUnknown(what: string, known: readonly string[], named: readonly string[]): void {
  const unknown = named.find((one) => !known.includes(one));
  if (unknown === undefined) return;
  throw new UsageError(
    `expected ${what} of the agreement (${known.join(", ") || "it has none"}), got "${unknown}"`,
    "Name one of them.",
  );
}
