import {
  conditionHeading,
  conditionSentence,
  type ExplainedCondition,
} from "@standstill/agreement";
import type { PageData } from "../data.ts";
import { changeWords, day, instant, list, MODES } from "../words.ts";
import { CoalitionPictures } from "./coalition-pictures.tsx";
import { WhatIf } from "./what-if.tsx";

/** Who is bound and why: each pledge with what is met and what is missing, and how it came about. */
export function Bound({ data }: { readonly data: PageData }) {
  const name = (id: string) => data.round.parties.find((party) => party.id === id)?.name ?? id;
  return (
    <section id="bound" aria-labelledby="bound-title">
      <h2 id="bound-title">Who is bound, and why</h2>
      <p>
        Every pledge is conditional on the others. Those whose conditions all hold at the same time
        are bound; a party that drops out returns only by a new pledge.
      </p>
      <CoalitionPictures data={data} />
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
              {binding.startsAt !== null && `, and starts on ${instant(binding.startsAt)}`}
              {binding.endsAt !== null && `, and leaves on ${instant(binding.endsAt)}`}. Its pledge
              and the rule of entry ask that
            </p>
            <Tree condition={binding.because} name={name} />
            {!binding.bound && binding.missing.length > 0 && (
              <p>
                This would be enough, and nothing of it can be spared:{" "}
                {list(binding.missing.map((part) => conditionSentence(part, name)))}.
              </p>
            )}
          </li>
        ))}
      </ul>
      <WhatIf data={data} />
      <Timeline data={data} name={name} />
    </section>
  );
}

/** Every change with its cause, then what time alone will bring. */
function Timeline({
  data,
  name,
}: {
  readonly data: PageData;
  readonly name: (id: string) => string;
}) {
  const { coalition, toCome, amendments } = data.agreement;
  const who = (party: string | undefined) => (party === undefined ? "" : `${name(party)} `);
  return (
    <>
      <h3>How it came about</h3>
      <ol className="history">
        {coalition.history.map((change) => (
          <li key={`${change.index ?? change.at}-${change.party ?? ""}-${change.status}`}>
            {change.index === undefined ? (
              day(new Date(change.at).toISOString())
            ) : (
              <>
                <a href={`#statement-${change.index}`}>Statement {change.index}</a> (
                {data.statements[change.index]?.type})
              </>
            )}
            : {who(change.party)}
            {changeWords(change)}.
          </li>
        ))}
      </ol>
      <h3>What is to come, if nothing else is said</h3>
      {toCome.length === 0 ? (
        <p>Nothing changes by time alone.</p>
      ) : (
        <ol className="history">
          {toCome.map((change) => (
            <li key={`${change.at}-${change.party ?? ""}-${change.status}`}>
              {day(new Date(change.at).toISOString())}: {who(change.party)}
              {changeWords(change)}.
            </li>
          ))}
        </ol>
      )}
      {amendments.map((one) => (
        <p key={one.terms}>
          Amendment of statement <a href={`#statement-${one.index}`}>{one.index}</a>:{" "}
          {one.adoptedAt === null
            ? `no effect, because its rule is not met. ${one.consents.length} consent.`
            : `adopted with statement ${one.adoptedAt}.`}
        </p>
      ))}
    </>
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
        {conditionHeading(condition.condition, name)}
        {condition.parts.map((part) => (
          <Tree key={JSON.stringify(part.condition)} condition={part} name={name} />
        ))}
      </li>
    </ul>
  );
}
