import type { Accelerator } from "@standstill/agreement";
import type { PowerSeries, Run, Site } from "@standstill/evidence";
import { useMemo } from "react";
import { cumulativePoints, flopOf } from "../charts/cumulative.ts";
import { cumulativeChart } from "../charts/cumulative-chart.ts";
import { Figure } from "../charts/figure.tsx";
import { powerChart } from "../charts/power-chart.ts";
import { type PageData, usePower } from "../data.ts";
import { instant } from "../words.ts";

/** A site's power and its balance over time, drawn from its readings. */
export function SitePictures(props: {
  readonly data: PageData;
  readonly party: PageData["round"]["parties"][number];
  readonly site: Site;
}) {
  const power = usePower(props.site.site);
  if (power.state === "waiting") return <p>Fetching the readings of {props.site.title}.</p>;
  if (power.state === "failed")
    return <p>No power meter reports from {props.site.title}, so there is no picture to draw.</p>;
  return <Pictures {...props} series={power.value} />;
}

function Pictures({
  data,
  party,
  site,
  series,
}: {
  readonly data: PageData;
  readonly party: PageData["round"]["parties"][number];
  readonly site: Site;
  readonly series: PowerSeries;
}) {
  const runs = useMemo(() => data.sites.runs.filter((run) => run.site === site.site), [data, site]);
  const found = useMemo(
    () => party.findings.flatMap(placeOf).filter((one) => isPart(one, series)),
    [party, series],
  );
  const drawPower = useMemo(
    () => (width: number) => powerChart(series, runs.map(labelOf), width, found),
    [series, runs, found],
  );
  const points = useMemo(() => {
    const accelerator = data.agreement.terms.accelerators?.find(
      (one) => one.id === site.nodes[0]?.accelerator,
    ) as Accelerator;
    const accelerators = site.nodes.reduce((sum, node) => sum + node.accelerators, 0);
    return cumulativePoints(
      series,
      { accelerator, accelerators },
      runs.map((run) => ({ ...run, flop: flopOf(run) })),
    );
  }, [data, series, site, runs]);
  const drawBalance = useMemo(() => (width: number) => cumulativeChart(points, width), [points]);
  const [first] = party.findings;
  return (
    <>
      <Figure
        title={
          first?.check === "nodes-separate"
            ? "Nodes declared to work separately move together."
            : "What the node meters recorded."
        }
        subtitle={`Power of one node, W; line: mean of ${series.nodes} ${series.nodes === 1 ? "node" : "nodes"}, band: lowest to highest. Gaps are silent windows. ${found.length > 0 ? "Shaded: what a finding is about. " : ""}Source: the evidence of the period's report.`}
        draw={drawPower}
        table={<SeriesTable series={series} />}
      />
      <Figure
        title={
          first?.check === "energy-explained"
            ? "The declared work stays below what the energy must have done."
            : "The declared work lies within what the energy allows."
        }
        subtitle="Compute since the period's start, FLOP. Band: energy at the lowest and highest agreed efficiency. Line: declared."
        draw={drawBalance}
        table={
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">Until</th>
                <th scope="col">At least</th>
                <th scope="col">At most</th>
                <th scope="col">Declared</th>
              </tr>
            </thead>
            <tbody>
              {points
                .filter(
                  (_, i) => (i + 1) % Math.ceil(points.length / 8) === 0 || i === points.length - 1,
                )
                .map((point) => (
                  <tr key={point.time.toISOString()}>
                    <td>{instant(point.time.toISOString())}</td>
                    <td>{point.low.toExponential(2)}</td>
                    <td>{point.high.toExponential(2)}</td>
                    <td>{point.declared.toExponential(2)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        }
      />
    </>
  );
}

/** The time that a finding is about. */
function placeOf({ where }: PageData["round"]["parties"][number]["findings"][number]) {
  return where === null ? [] : [{ from: new Date(where.start), to: new Date(where.end) }];
}

/** Whether a finding is about less than all of what is drawn; shading everything would show nothing. */
function isPart(
  { from, to }: { readonly from: Date; readonly to: Date },
  { startMs, stepMs, meanWatts }: PowerSeries,
): boolean {
  return from.getTime() > startMs || to.getTime() < startMs + stepMs * (meanWatts.length - 1);
}

function labelOf(run: Run) {
  return {
    name: `declared: ${run.activity}`,
    from: new Date(run.period.start),
    to: new Date(run.period.end),
  };
}

function SeriesTable({ series }: { readonly series: PowerSeries }) {
  const every = Math.ceil(series.meanWatts.length / 12);
  const rows = series.meanWatts
    .map((mean, i) => ({
      from: new Date(series.startMs + i * series.stepMs).toISOString(),
      lowest: series.lowestWatts[i] ?? "silent",
      mean: mean ?? "silent",
      highest: series.highestWatts[i] ?? "silent",
    }))
    .filter((_, i) => i % every === 0);
  return (
    <table className="numbers">
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Lowest, W</th>
          <th scope="col">Mean, W</th>
          <th scope="col">Highest, W</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.from}>
            <td>{instant(row.from)}</td>
            <td>{row.lowest}</td>
            <td>{row.mean}</td>
            <td>{row.highest}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
