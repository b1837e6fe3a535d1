import type { PageData } from "../data.ts";
import { Scroll } from "./scroll.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

/** Verdict by party, with what it rests on. */
export function Verdicts({
  data,
  onParty,
}: {
  readonly data: PageData;
  readonly onParty: (party: string) => void;
}) {
  return (
    <section id="verdicts" aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">What it rests on</h2>
      <p>
        Every verdict here can be recomputed by anyone from what is on the record. It covers
        declared sites only: it says nothing about machines that nobody declared.
      </p>
      <Scroll label="Verdict by party">
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">Party</th>
              <th scope="col">Verdict</th>
              <th scope="col">Because</th>
              <th scope="col">Recomputable by</th>
              <th scope="col">Pledge</th>
              <th scope="col">Statement</th>
            </tr>
          </thead>
          <tbody>
            {data.round.parties.map((party) => {
              const gap = party.duties.flatMap((duty) => duty.gaps)[0]?.sentence;
              const statement =
                party.sites.find((one) => one.verdict === party.verdict) ?? party.verdicts.at(-1);
              return (
                <tr key={party.id}>
                  <th scope="row">
                    <a href={`#party-${party.id}`} onClick={() => onParty(party.id)}>
                      {party.name}
                    </a>
                  </th>
                  <td>
                    <VerdictMark value={party.verdict} />
                  </td>
                  <td className="prose">
                    {party.isSilent
                      ? "A report that was due is missing, or nobody has judged it: older verdicts say nothing good any more."
                      : (party.findings[0]?.sentence ??
                        gap ??
                        statement?.notJudged ??
                        "No verdict yet.")}
                    {party.earlier.length > 0 && " Findings of earlier periods are not cleared."}
                  </td>
                  <td data-label="Recomputable by">
                    {statement === undefined ? "nobody yet" : "anyone"}
                  </td>
                  <td data-label="Pledge">
                    {data.round.bound.includes(party.id) ? "bound" : "not bound"}
                  </td>
                  <td data-label="Statement">
                    {statement === undefined ? (
                      "none"
                    ) : (
                      <a href={`#statement-${statement.index}`}>{statement.index}</a>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
