import type { PageData } from "../data.ts";
import { ADVERSARIES, EVASIONS, instant, list, rounded } from "../words.ts";
import { Account } from "./account.tsx";
import { Earlier } from "./earlier.tsx";
import { Finding } from "./finding.tsx";
import { History } from "./history.tsx";
import { Scroll } from "./scroll.tsx";
import { SitePictures } from "./site-pictures.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

type Party = PageData["round"]["parties"][number];

/** Everything about one party: findings, gaps, its site's readings, its account, assurance. */
export function PartyView({ data, party }: { readonly data: PageData; readonly party: Party }) {
  const site = data.sites.sites.find((one) => one.party === party.id);
  const report = data.sites.reports.find((one) => one.party === party.id);
  const gaps = [...new Set(party.duties.flatMap((duty) => duty.gaps.map((gap) => gap.sentence)))];
  return (
    <article id={`party-${party.id}`} aria-labelledby="party-title">
      <h3 id="party-title">
        {party.name}: <VerdictMark value={party.verdict} />
      </h3>
      {site !== undefined && report !== undefined && (
        <p className="aside">
          {site.title}, {instant(report.period.start)} to {instant(report.period.end)}.{" "}
          {site.replayed !== undefined && `Replayed: ${site.replayed}.`}
        </p>
      )}
      {party.findings.map((finding) => (
        <Finding key={`${finding.duty} ${finding.check} ${finding.about}`} finding={finding} />
      ))}
      <Earlier party={party} />
      <h4>What is not known, and what would change that</h4>
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
      {site !== undefined && <SitePictures data={data} party={party} site={site} />}
      <h4>Duties that were in force</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col">Says</th>
            <th scope="col">In force</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {party.duties.map((duty) => (
            <tr key={duty.id}>
              <th scope="row">{duty.id}</th>
              <td>{duty.title}</td>
              <td>{inForce(duty)}</td>
              <td>
                <VerdictMark value={duty.verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {party.sites.map((one) => (
        <Account key={one.site} site={one} />
      ))}
      <History party={party} />
      <AssuranceTable
        party={party}
        quantity={data.agreement.terms.goals?.significantQuantity ?? "0 FLOP"}
      />
    </article>
  );
}

/** The lines that were in force, and what freed from them. */
function inForce({ limits, freedBy }: Party["duties"][number]): string {
  const lines = limits.map(rounded).join(", then ");
  const freed = freedBy.length === 0 ? "" : `freed by ${list(freedBy)}`;
  return [lines, freed].filter((text) => text !== "").join("; ");
}

/** How surely each evasion would have been seen, with the number in each cell and gaps left white. */
function AssuranceTable({ party, quantity }: { readonly party: Party; readonly quantity: string }) {
  const adversaries = [...new Set(party.assurance.map((one) => one.adversary))];
  const evasions = [...new Set(party.assurance.map((one) => one.evasion))];
  const cell = (evasion: string, adversary: string) =>
    party.assurance.find((one) => one.evasion === evasion && one.adversary === adversary)
      ?.probability ?? null;
  return (
    <>
      <h4>Had it cheated, would these readings have shown it?</h4>
      <p>
        Each way to cheat was played into the site's own readings at one significant quantity (
        {rounded(quantity)}), many times, and the same checks were run again. The probability is
        that of the layout that suits the cheat best.
      </p>
      <Scroll label={`Assurance for ${party.name}`}>
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">Evasion, by somebody</th>
              {adversaries.map((adversary) => (
                <th scope="col" key={adversary}>
                  {ADVERSARIES[adversary] ?? adversary}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {evasions.map((evasion) => (
              <tr key={evasion}>
                <th scope="row">{EVASIONS[evasion] ?? evasion}</th>
                {adversaries.map((adversary) => {
                  const probability = cell(evasion, adversary);
                  return probability === null ? (
                    <td key={adversary} className="none">
                      no room, or no meter
                    </td>
                  ) : (
                    <td
                      key={adversary}
                      style={{
                        background: `color-mix(in oklab, var(--heat) ${Math.round(probability.low / 100)}%, transparent)`,
                      }}
                    >
                      {(probability.low / 10_000).toFixed(2)} to{" "}
                      {(probability.high / 10_000).toFixed(2)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
