import { useEffect, useState } from "react";
import { usePageData } from "./data.ts";
import { Agreement } from "./parts/agreement.tsx";
import { Answer } from "./parts/answer.tsx";
import { Balance } from "./parts/balance.tsx";
import { Bound } from "./parts/bound.tsx";
import { Cases } from "./parts/cases.tsx";
import { Check } from "./parts/check.tsx";
import { Indicators } from "./parts/indicators.tsx";
import { PartyView } from "./parts/party.tsx";
import { Statements } from "./parts/statements.tsx";
import { Stopping } from "./parts/stopping.tsx";
import { Verdicts } from "./parts/verdicts.tsx";

/** The page: the answer, what it rests on, the picture, the parties, who is bound, the record, the check. */
export function App() {
  const data = usePageData();
  const hash = useHash();
  const [chosen, setChosen] = useState<string>();
  if (data.state === "waiting") return <Frame>{<p>Fetching the round from the keeper.</p>}</Frame>;
  if (data.state === "failed") {
    return (
      <Frame>
        {<p>The keeper did not answer. To change that, start it and load the page again.</p>}
      </Frame>
    );
  }
  const { value } = data;
  const linked = /^#party-(.+)$/.exec(hash)?.[1];
  const statement = /^#statement-([0-9]+)$/.exec(hash)?.[1];
  const suspect =
    value.round.parties.find((party) => party.findings.length > 0) ?? value.round.parties[0];
  const party = value.round.parties.find(({ id }) => id === (linked ?? chosen)) ?? suspect;
  return (
    <Frame>
      <Answer data={value} />
      <Verdicts data={value} onParty={setChosen} />
      <Balance data={value} />
      <section id="parties" aria-labelledby="parties-title">
        <h2 id="parties-title">Party by party</h2>
        <nav aria-label="Parties" className="tabs">
          {value.round.parties.map(({ id, name }) => (
            <a
              key={id}
              href={`#party-${id}`}
              aria-current={id === party?.id ? "true" : undefined}
              onClick={() => setChosen(id)}
            >
              {name}
            </a>
          ))}
        </nav>
        {party !== undefined && <PartyView key={party.id} data={value} party={party} />}
      </section>
      <Agreement data={value} />
      <Bound data={value} />
      <Cases data={value} />
      <Stopping data={value} />
      <Indicators data={value} />
      <Statements data={value} chosen={statement === undefined ? undefined : Number(statement)} />
      <Check data={value} />
    </Frame>
  );
}

function Frame({ children }: { readonly children: React.ReactNode }) {
  return (
    <>
      <a className="skip" href="#main">
        To the content
      </a>
      <header>
        <a href="#answer" className="name">
          Standstill
        </a>
        <nav aria-label="Sections">
          <a href="#verdicts">Verdicts</a>
          <a href="#parties">Parties</a>
          <a href="#agreement">Agreement</a>
          <a href="#bound">Who is bound</a>
          <a href="#cases">Cases</a>
          <a href="#stopping">Stopping</a>
          <a href="#indicators">Pace</a>
          <a href="#record">Record</a>
          <a href="#check">Check</a>
        </nav>
      </header>
      <main id="main">{children}</main>
      <footer>
        <p>
          Standstill proves what was said and when, never that it is true. The parties of this
          example are invented; their readings are recordings of real machines that did nothing
          wrong. <a href="/glossary.html">What the words mean</a> ·{" "}
          <a href="/api/openapi.json">API</a>
        </p>
      </footer>
    </>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    if (hash !== "") document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  return hash;
}
