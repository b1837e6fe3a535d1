import type { ExplainedCondition } from "@standstill/agreement";
import type { PageData } from "../data.ts";
import { conditionWords, MODES } from "../words.ts";
import { WhatIf } from "./what-if.tsx";

/** Who is bound and why: each pledge with what is met and what is missing, and how it came about. */
export function Bound({ data }: { readonly data: PageData }) {
  const name = (id: string) => data.round.parties.find((party) => party.id === id)?.name ?? id;
  const { history } = data.agreement;
  return (
    <section id="bound" aria-labelledby="bound-title">
      <h2 id="bound-title">Who is bound, and why</h2>
      <p>
        Every pledge is conditional on the others. Those whose conditions all hold at the same time
        are bound; a party that drops out returns only by a new pledge.
      </p>
      <ul className="bindings">
        {data.round.bindings.map((binding) => (
          <li key={binding.party}>
            <p>
              <strong>{name(binding.party)}</strong> {binding.bound ? "is bound" : "is not bound"}{" "}
              to {MODES[binding.mode]}
              {binding.since !== null && (
                <>
                  {" "}
                  since statement <a href={`#statement-${binding.since}`}>{binding.since}</a>
                </>
              )}
              . It pledged to be while
            </p>
            <Tree condition={binding.because} name={name} />
          </li>
        ))}
      </ul>
      <WhatIf data={data} />
      <h3>How it came about</h3>
      <ol className="history">
        {history.map((change) => (
          <li key={`${change.index}-${change.party}`}>
            <a href={`#statement-${change.index}`}>Statement {change.index}</a> (
            {data.statements[change.index]?.type}): {name(change.party)}{" "}
            {change.status === "bound" ? `became bound to ${MODES[change.mode]}` : "dropped out"}.
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tree({
  condition,
  name,
}: {
  readonly condition: ExplainedCondition;
  readonly name: (id: string) => string;
}) {
  return (
    <ul className="tree">
      <li>
        <span className={condition.met ? "met" : "missing"}>
          {condition.met ? "met" : "missing"}
        </span>{" "}
        {conditionWords(condition, name)}
        {condition.parts.map((part) => (
          <Tree key={`${part.kind}-${part.party ?? ""}`} condition={part} name={name} />
        ))}
      </li>
    </ul>
  );
}
