import { frontierOf, parseTrainingCompute } from "@standstill/indicators";
import { DAY_MS } from "@standstill/record";
import { useMemo } from "react";
import { Figure } from "../charts/figure.tsx";
import { trendChart } from "../charts/trend-chart.ts";
import { type PageData, useBlob } from "../data.ts";
import { days } from "../words.ts";
import { Claims } from "./claims.tsx";
import { Forecast } from "./forecast.tsx";
import { OwnRepository } from "./own-repository.tsx";
import { Scroll } from "./scroll.tsx";
import { Tripwires } from "./tripwires.tsx";

type Indicator = PageData["round"]["indicators"][number];

/** How close AI is to improving itself, as far as it was measured. */
export function Indicators({ data }: { readonly data: PageData }) {
  return (
    <section id="indicators" aria-labelledby="indicators-title">
      <h2 id="indicators-title">How close AI is to improving itself</h2>
      <p>
        Numbers that parties and others measured, with the lines that were agreed. What nobody has
        measured is not shown as zero. No number decides alone whether AI improves itself.
      </p>
      <Tripwires data={data} />
      <Claims data={data} />
      <Published data={data} />
      <OwnRepository />
    </section>
  );
}

/** How fast the compute of published training runs grows. */
function Published({ data }: { readonly data: PageData }) {
  const [indicator] = data.round.indicators;
  if (indicator === undefined) return null;
  const { result } = indicator;
  return (
    <>
      <h3>How fast published training grows</h3>
      <p>It says nothing about unpublished runs.</p>
      <Trend key={indicator.input} indicator={indicator} />
      <p className="aside">
        Doubling time {days(result.doublingMillidays)}, 95 % interval of the regression{" "}
        {days(result.fastestMillidays)} to{" "}
        {result.slowestMillidays === null ? "no upper end" : days(result.slowestMillidays)}, from{" "}
        {result.points} runs since {indicator.from}; newest {result.newest}. Source:{" "}
        {indicator.source}. Statement{" "}
        <a href={`#statement-${indicator.index}`}>{indicator.index}</a>.
      </p>
    </>
  );
}

function Trend({ indicator }: { readonly indicator: Indicator }) {
  const input = useBlob(indicator.input);
  if (input.state === "waiting") return <p>Fetching the published table.</p>;
  if (input.state === "failed")
    return <p>The published table could not be fetched, so there is no picture to draw.</p>;
  return <Picture indicator={indicator} text={input.value} />;
}

function Picture({ indicator, text }: { readonly indicator: Indicator; readonly text: string }) {
  const points = useMemo(() => {
    const first = Date.parse(`${indicator.from}T00:00:00.000Z`) / DAY_MS;
    const runs = parseTrainingCompute(text).filter(({ day }) => day >= first);
    const frontier = new Set(frontierOf(runs));
    return runs.map((run) => ({
      date: new Date(run.day * DAY_MS),
      flop: run.value,
      model: run.model,
      frontier: frontier.has(run),
    }));
  }, [indicator, text]);
  const draw = useMemo(
    () => (width: number) => trendChart(points, indicator.result.doublingMillidays / 1000, width),
    [points, indicator],
  );
  const frontier = points
    .filter((point) => point.frontier)
    .map(({ date, flop }) => ({ day: date.getTime() / DAY_MS, value: flop }));
  return (
    <>
      <Figure
        title={`The largest published training runs double in about ${days(indicator.result.doublingMillidays)}.`}
        subtitle={`Training compute of published models, FLOP, since ${indicator.from}. Large dots: the largest of their time; line: their trend. Source: ${indicator.source}.`}
        draw={draw}
        table={
          <Scroll label="Largest training runs of their time">
            <table className="numbers">
              <thead>
                <tr>
                  <th scope="col">Published</th>
                  <th scope="col">FLOP</th>
                  <th scope="col">Model</th>
                </tr>
              </thead>
              <tbody>
                {points
                  .filter(({ frontier }) => frontier)
                  .map(({ date, flop, model }) => (
                    <tr key={model}>
                      <td>{date.toISOString().slice(0, 10)}</td>
                      <td>{flop.toExponential(2).replace("e+", "e")}</td>
                      <td>{model}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </Scroll>
        }
      />
      <Forecast frontier={frontier} />
    </>
  );
}
