import { dutiesOf, isCheckable, type Terms } from "@standstill/agreement";
import { DEFAULT_POLICY, type DeclaredRun, type Emergency, type GateRules } from "@standstill/gate";
import { millionths, parseQuantity, RecordError } from "@standstill/record";
import type { State } from "@standstill/replay";
import { allRunsOf, declaredFlop, highestPeak, lineageTotal } from "@standstill/verification";

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
  const { accelerators = [], uses = [], h100e, gate } = terms;
  return {
    party,
    asOf: state.clock.at,
    mode: coalition.bound.get(party) ?? null,
    duties: dutiesOf(terms, coalition, party),
    uses,
    speeds: new Map(
      accelerators.map((one) => [
        one.id,
        (highestPeak(one) * millionths(one.utilization.high)) / 1_000_000n,
      ]),
    ),
    h100e: h100e === undefined ? null : parseQuantity(h100e.peak, "FLOP/s"),
    peaks: new Map(accelerators.map((one) => [one.id, parseQuantity(one.peak.bf16, "FLOP/s")])),
    runs: declaredRuns(state, terms, party),
    registered: registeredOf(state, (one) => one.party === party),
    atSite: registeredOf(state, (one) => one.body.site === site),
    policy: gate ?? DEFAULT_POLICY,
    emergency: longestEmergency(state.gate.emergencies.get(party) ?? [], site),
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
            run,
            activity,
            ancestryFlop: total - own,
            flop: declaredFlop(one.run, { site: one.site, terms }).high,
            declaredAt: one.notBeforeMs ?? state.clock.at,
          },
        ];
      }),
  );
}

type SiteOnRecord = Parameters<Parameters<State["evidence"]["sites"]["filter"]>[0]>[0];

function registeredOf(
  { evidence }: State,
  isAsked: (one: SiteOnRecord) => boolean,
): Map<string, number> {
  const registered = new Map<string, number>();
  for (const one of evidence.sites.values())
    if (isAsked(one))
      for (const { accelerator, accelerators } of one.body.nodes)
        registered.set(accelerator, (registered.get(accelerator) ?? 0) + accelerators);
  return registered;
}

/** The one that lasts longest: a short one said later takes nothing from it. */
function longestEmergency(all: readonly Emergency[], site: string): GateRules["emergency"] {
  let longest: GateRules["emergency"] = null;
  for (const { site: where, until, index } of all)
    if (where === site && until > (longest?.until ?? 0)) longest = { until, index };
  return longest;
}
