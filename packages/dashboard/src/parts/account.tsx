import { useMemo } from "react";
import { type AccountRow, accountChart } from "../charts/account-chart.ts";
import { Figure } from "../charts/figure.tsx";
import type { PageData } from "../data.ts";
import { FEEDS, numberOf, RESTS_ON, rounded } from "../words.ts";
import { Scroll } from "./scroll.tsx";

type Party = PageData["round"]["parties"][number];
type Site = Party["sites"][number];
type Told = Site["account"];

/** The account of a site's newest judged period: a picture, and the numbers behind it. */
export function Account({ site }: { readonly site: Site }) {
  const { account } = site;
  const draw = useMemo(
    () => (width: number) =>
      accountChart(rowsOf(account), numberOf(account.significantQuantity), width),
    [account],
  );
  const least = account.leastDetectable;
  return (
    <>
      <h4>Account of {site.site}</h4>
      <Figure
        title={
          account.measuresAgree
            ? `Beside what is declared, up to ${rounded(account.unexplained.high)} could have been done.`
            : "The feeds of this site exclude each other."
        }
        subtitle="Compute of the period, FLOP. Outline: capacity. Bands: what each feed allows. Line: declared. Dashed: what is left unexplained. Source: the verdict on the record."
        draw={draw}
        table={<Numbers site={site} />}
      />
      <p>
        {showing(least)} What matters under the agreement: {rounded(account.significantQuantity)}.
      </p>
    </>
  );
}

/** What arithmetic alone would show, in a sentence. */
function showing(least: string | null): string {
  if (least === null)
    return "Arithmetic alone would show no undeclared work at this site: its declarations leave room for all it can do.";
  return numberOf(least) === 0
    ? "Arithmetic alone shows work that was not declared."
    : `Arithmetic alone would show undeclared work from ${rounded(least)} on.`;
}

function rowsOf(account: Told): AccountRow[] {
  const row = (
    name: string,
    kind: AccountRow["kind"],
    { low, high }: { readonly low: string; readonly high: string },
  ): AccountRow => ({ name, kind, low: numberOf(low), high: numberOf(high) });
  return [
    row("capacity", "capacity", account.capacity),
    ...account.measures.map((one) => row(FEEDS[one.from], "measure", one)),
    row("declared", "declared", account.declared),
    row("unexplained", "unexplained", account.unexplained),
  ];
}

function Numbers({ site: { site, account } }: { readonly site: Site }) {
  const { capacity, measured, measures, declared, unexplained } = account;
  const rows = [
    ["Capacity", capacity, capacity.source, capacity.provenance],
    ...measures.map(
      (one) =>
        [
          `Measured, ${FEEDS[one.from]}`,
          one,
          `${one.source}; rests on ${one.restsOn.map((name) => RESTS_ON[name] ?? name).join(" and ")}`,
          `${one.provenance}, ${one.owner === "operator" ? "the operator's own" : "independent"}`,
        ] as const,
    ),
    ["Measured, together", measured, measured.source, measured.provenance],
    ["Declared", declared, "the party's own declarations", declared.provenance],
    ["Unexplained", unexplained, "measured less declared", "calculated"],
  ] as const;
  return (
    <Scroll label={`Account of ${site}`}>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">FLOP</th>
            <th scope="col">At least</th>
            <th scope="col">At most</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, interval, source, provenance]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{rounded(interval.low)}</td>
              <td>{rounded(interval.high)}</td>
              <td>
                {source} ({provenance})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
