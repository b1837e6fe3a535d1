import type { PageData } from "../data.ts";

/** What happens when somebody doubts: the cases, what was asked, what was answered. */
export function Cases({ data }: { readonly data: PageData }) {
  const name = (id: string) => data.round.parties.find((party) => party.id === id)?.name ?? id;
  return (
    <section id="cases" aria-labelledby="cases-title">
      <h2 id="cases-title">What happens to a doubt</h2>
      <p>
        A finding accuses nobody. It opens a case, in which the party is asked to clarify. Only a
        ruling can find a violation, and this version holds no rulings.
      </p>
      {data.round.cases.length === 0 && <p>No case is open.</p>}
      <ul className="bindings">
        {data.round.cases.map((one) => (
          <li key={one.name}>
            <p>
              <strong>{name(one.party)}</strong> was asked to clarify in statement{" "}
              <a href={`#statement-${one.index}`}>{one.index}</a>.{" "}
              {one.answer === null ? (
                "It has not answered yet."
              ) : (
                <>
                  It answered in statement{" "}
                  <a href={`#statement-${one.answer.index}`}>{one.answer.index}</a>:{" "}
                  {one.answer.text}
                </>
              )}
            </p>
            <p className="aside">{one.question}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
