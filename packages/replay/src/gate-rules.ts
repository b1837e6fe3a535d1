import { dutiesOf, isCheckable, type Terms } from "@standstill/agreement";
import { DEFAULT_POLICY, type DeclaredRun, type Emergency, type GateRules } from "@standstill/gate";
import { parseQuantity, RecordError } from "@standstill/record";
import { declaredFlop, highestPeak, lineageTotal, millionths } from "@standstill/verification";
import { allRunsOf } from "./judgement.ts";
import type { State } from "./state.ts";

/**
 * What binds a party as of the newest mark, in the form that a gate decides by: its duties, its declared runs with all that they rest on, its
 * registered accelerators.
 *
 * @param site where the gate stands; an emergency opens the gates of its own site only
 * @throws RecordError where the party is not one of the agreement's
 * @example decide(gateRulesOf(state, "aster", "aster/hall-1"), ledger, request, Date.now())
 */
export function gateRulesOf(state: State, party: string, site: string): GateRules {
  const { terms, coalition } = state.agreement;
  if (terms === undefined || !terms.parties.some(({ id }) => id === party))
    throw new RecordError(
      "malformed-statement",
      `expected a party of the agreement, got "${party}"`,
    );
  const { accelerators = [], uses = [], exemptions = [], h100e, gate } = terms;
  return {
    ...{ party, asOf: state.clock.at, mode: coalition.bound.get(party) ?? null },
    duties: dutiesOf(terms, coalition, party),
    ...{ uses, exemptions },
    speeds: new Map(
      accelerators.map((one) => [
        one.id,
        (highestPeak(one) * millionths(one.utilization.high)) / 1_000_000n,
      ]),
    ),
    h100e: h100e === undefined ? null : parseQuantity(h100e.peak, "FLOP/s"),
    peaks: new Map(accelerators.map((one) => [one.id, parseQuantity(one.peak.bf16, "FLOP/s")])),
    runs: declaredRuns(state, terms, party),
    registered: registeredOf(state, party),
    policy: gate ?? DEFAULT_POLICY,
    emergency: newestEmergency(state.gate.emergencies.get(party) ?? [], site),
  };
}

function declaredRuns(state: State, terms: Terms, party: string): Map<string, DeclaredRun> {
  if (!isCheckable(terms)) return new Map();
  const onRecord = { terms, beside: { allRuns: allRunsOf(state) } };
  return new Map(
    onRecord.beside.allRuns
      .filter((one) => one.party === party)
      .map((one) => {
        const { total, own } = lineageTotal(onRecord, one);
        const { run, activity } = one.run;
        return [
          run,
          {
            ...{ run, activity, ancestryFlop: total - own },
            flop: declaredFlop(one.run, { site: one.site, terms }).high,
            declaredAt: one.notBeforeMs ?? state.clock.at,
          },
        ];
      }),
  );
}

function registeredOf(state: State, party: string): Map<string, number> {
  const registered = new Map<string, number>();
  for (const { party: owner, body } of state.evidence.sites.values())
    if (owner === party)
      for (const { accelerator, accelerators } of body.nodes)
        registered.set(accelerator, (registered.get(accelerator) ?? 0) + accelerators);
  return registered;
}

function newestEmergency(all: readonly Emergency[], site: string): GateRules["emergency"] {
  const newest = all.findLast((one) => one.site === site);
  return newest === undefined ? null : { until: newest.until, index: newest.index };
}
