import { type Coalition, whatIf } from "@standstill/agreement";
import { useMemo, useState } from "react";
import type { PageData } from "../data.ts";
import { list } from "../words.ts";

/** A supposition played through in this browser, by the same rule that the record follows. */
export function WhatIf({ data }: { readonly data: PageData }) {
  const [accused, setAccused] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const coalition = useMemo((): Coalition => {
    const pledges = new Map(data.agreement.pledges.map((pledge) => [pledge.party, pledge]));
    const bound = new Map(
      data.round.bindings.filter((one) => one.bound).map((one) => [one.party, one.mode]),
    );
    return { pledges, bound, dropped: new Set(), history: [] };
  }, [data]);
  const standing = data.round.parties.filter(
    ({ verdict }) => verdict === "anomalous" || verdict === "violation",
  );
  const supposed = new Set([...accused, ...standing.map(({ id }) => id)]);
  const { rounds, bound } = whatIf(coalition, { accused: supposed, gone });
  const names = (parties: Iterable<string>) =>
    list([...parties].map((id) => data.round.parties.find((one) => one.id === id)?.name ?? id));
  const choice = (
    title: string,
    chosen: ReadonlySet<string>,
    choose: (next: ReadonlySet<string>) => void,
  ) => (
    <fieldset>
      <legend>{title}</legend>
      {[...coalition.bound.keys()].map((party) => (
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
          {names([party])}
        </label>
      ))}
    </fieldset>
  );
  return (
    <>
      <h3 id="what-if">What if</h3>
      <p>Suppose something about those who are bound, and see who would follow whom out.</p>
      <div className="choices">
        {choice("A finding against", accused, setAccused)}
        {choice("Leaving the agreement", gone, setGone)}
      </div>
      <div role="status" className="cascade">
        {rounds.length === 0 ? (
          <p>Nobody would drop out.</p>
        ) : (
          <ol>
            {rounds.map((round) => (
              <li key={round.join()}>{names(round)} would drop out.</li>
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
