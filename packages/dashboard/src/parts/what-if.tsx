import { rulesOf, whatIf } from "@standstill/agreement";
import { useState } from "react";
import type { PageData } from "../data.ts";
import { changeWords, day, list } from "../words.ts";

type Chosen = ReadonlySet<string>;

/** A supposition played through in this browser, by the same rule that the record follows. */
export function WhatIf({ data }: { readonly data: PageData }) {
  const [findings, setFindings] = useState<Chosen>(new Set());
  const [gone, setGone] = useState<Chosen>(new Set());
  const [tripped, setTripped] = useState<Chosen>(new Set());
  const { coalition, terms } = data.agreement;
  const supposed = { findings, gone, tripped };
  const { rounds, changes, later, bound } = whatIf(rulesOf(terms), coalition, supposed);
  const raised = changes.filter(({ status }) => status === "triggered");
  const names = (parties: Iterable<string>) =>
    list([...parties].map((id) => data.round.parties.find((one) => one.id === id)?.name ?? id));
  const choice = (
    title: string,
    chosen: ReadonlySet<string>,
    choose: (next: ReadonlySet<string>) => void,
    options: readonly (readonly [string, string])[],
  ) => (
    <fieldset>
      <legend>{title}</legend>
      {options.map(([party, label]) => (
        <label key={party}>
          <input
            type="checkbox"
            checked={chosen.has(party)}
            onChange={({ target }) => {
              const next = new Set(chosen);
              if (target.checked) next.add(party);
              else next.delete(party);
              choose(next);
            }}
          />{" "}
          {label}
        </label>
      ))}
    </fieldset>
  );
  const boundNow = [...coalition.bound.keys()].map((party) => [party, names([party])] as const);
  const wires = (terms.tripwires ?? []).map(({ id }) => [id, id] as const);
  return (
    <>
      <h3 id="what-if">What if</h3>
      <p>Suppose something about those who are bound, and see who would follow whom out.</p>
      <div className="choices">
        {choice("A finding against", findings, setFindings, boundNow)}
        {choice("Leaving the agreement", gone, setGone, boundNow)}
        {wires.length > 0 && choice("A tripwire trips", tripped, setTripped, wires)}
      </div>
      <div role="status" className="cascade">
        {rounds.length === 0 ? (
          <p>{later.length > 0 ? "Nobody would drop out at once." : "Nobody would drop out."}</p>
        ) : (
          <ol>
            {rounds.map((round) => (
              <li key={round.join()}>{names(round)} would drop out.</li>
            ))}
          </ol>
        )}
        {raised.map((change) => (
          <p key={change.trigger}>{changeWords(change)}.</p>
        ))}
        {later.length > 0 && (
          <ol>
            {later.map((change) => (
              <li key={`${change.at}-${change.party ?? ""}-${change.status}`}>
                {day(new Date(change.at).toISOString())}:{" "}
                {change.party === undefined ? "" : `${names([change.party])} `}
                {changeWords(change)}.
              </li>
            ))}
          </ol>
        )}
        <p>
          {bound.size === 0 ? "Nobody would stay bound." : `Still bound: ${names(bound.keys())}.`}
        </p>
      </div>
    </>
  );
}
