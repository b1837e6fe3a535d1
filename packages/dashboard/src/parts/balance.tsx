import { useCallback, useMemo } from "react";
import { balanceChart } from "../charts/balance-chart.ts";
import { Figure } from "../charts/figure.tsx";
import type { PageData } from "../data.ts";
import { numberOf, rounded } from "../words.ts";
import { Download } from "./download.tsx";
import { Scroll } from "./scroll.tsx";

/** The picture: what could have been hidden at each site. */
export function Balance({ data }: { readonly data: PageData }) {
  const sites = useMemo(() => sitesOf(data.round.parties), [data]);
  const draw = useCallback(
    (width: number) =>
      balanceChart(
        sites.map(({ name, account }) => ({
          name,
          capacity: numberOf(account.capacity.high),
          measuredLow: numberOf(account.measured.low),
          measuredHigh: numberOf(account.measured.high),
          declared: (numberOf(account.declared.low) + numberOf(account.declared.high)) / 2,
        })),
        width,
      ),
    [sites],
  );
  const rows = sites.map(({ name, account }) => ({
    site: name,
    capacity: account.capacity.high,
    measuredLow: account.measured.low,
    measuredHigh: account.measured.high,
    declaredLow: account.declared.low,
    declaredHigh: account.declared.high,
    couldBeHidden: account.unexplained.high,
  }));
  return (
    <section id="balance" aria-labelledby="balance-title">
      <h2 id="balance-title">What could have been hidden</h2>
      <p>
        Energy is a weak witness: from the least to the most work that a joule can do is a factor of
        25. So even a declaration that fits leaves room. The room is shown, not hidden.
      </p>
      <Figure
        title="At every metered site, the readings leave room for more work than was declared."
        subtitle="Compute in one reported period, FLOP. Outline: capacity of the declared accelerators. Band: what the readings allow. Line: declared. Source: verdicts on the record."
        draw={draw}
        table={
          <Scroll label="Balance by site">
            <table className="numbers">
              <thead>
                <tr>
                  <th scope="col">Site</th>
                  <th scope="col">Capacity</th>
                  <th scope="col">Measured</th>
                  <th scope="col">Declared</th>
                  <th scope="col">Could be hidden: up to</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.site}>
                    <th scope="row">{row.site}</th>
                    <td>{rounded(row.capacity)}</td>
                    <td>
                      {rounded(row.measuredLow)} to {rounded(row.measuredHigh)}
                    </td>
                    <td>
                      {row.declaredLow === row.declaredHigh
                        ? rounded(row.declaredLow)
                        : `${rounded(row.declaredLow)} to ${rounded(row.declaredHigh)}`}
                    </td>
                    <td>{rounded(row.couldBeHidden)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        }
      />
      <Download name="standstill-balance" rows={rows} />
    </section>
  );
}

/** The newest judged period of each site; a party with one site gives it its own name. */
function sitesOf(parties: PageData["round"]["parties"]) {
  return parties.flatMap(({ name, sites }) =>
    sites.map(({ site, account }) => ({
      name: sites.length === 1 ? name : `${name}: ${site}`,
      account,
    })),
  );
}
