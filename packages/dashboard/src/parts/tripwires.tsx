import { useMemo } from "react";
import { Figure } from "../charts/figure.tsx";
import { indicatorChart } from "../charts/indicator-chart.ts";
import type { PageData } from "../data.ts";
import { INDICATOR_WORDS, indicatorAmount, TRIPWIRES } from "../words.ts";
import { Scroll } from "./scroll.tsx";
import { Table } from "./table.tsx";

type Wire = NonNullable<PageData["agreement"]["terms"]["tripwires"]>[number];
type MeasuredWire = Exclude<Wire, { indicator: "training-compute" }>;
type Measured = PageData["round"]["measured"][number];

/** What is watched, how near each line is, and what would cross it. */
export function Tripwires({ data }: { readonly data: PageData }) {
  const { tripwires, measured } = data.round;
  if (tripwires.length === 0) return null;
  const wires = new Map((data.agreement.terms.tripwires ?? []).map((wire) => [wire.id, wire]));
  const measuredWires = [...wires.values()].flatMap((wire) =>
    wire.indicator !== "training-compute" &&
    measured.some(({ body }) => body.indicator === wire.indicator)
      ? [wire]
      : [],
  );
  return (
    <>
      <h3>What would trip</h3>
      <Table label="Tripwires" columns={["Tripwire", "Now", "What it watches, and its lines"]}>
        {tripwires.map(({ id, level, source }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{level === null ? "nothing measured" : TRIPWIRES[level]}</td>
            <td>
              {linesIn(wires.get(id))} {source}
            </td>
          </tr>
        ))}
      </Table>
      {measuredWires.map((wire) => (
        <Lines key={wire.id} wire={wire} data={data} />
      ))}
    </>
  );
}

function linesIn(wire: Wire | undefined): string {
  if (wire === undefined) return "";
  if (wire.indicator === "training-compute")
    return `Trips when published training compute doubles in less than ${wire.tripBelowDays} days.`;
  const line = wire.trip ?? wire.alert ?? wire.watch ?? "0";
  const word = wire.trip === undefined ? "told" : "trips";
  return `${INDICATOR_WORDS[wire.indicator]}: ${word} ${wire.worse} ${indicatorAmount(wire.indicator, Number(line))}.`;
}

function Lines({ wire, data }: { readonly wire: MeasuredWire; readonly data: PageData }) {
  const names = new Map(data.round.parties.map(({ id, name }) => [id, name]));
  const its = data.round.measured.filter(({ body }) => body.indicator === wire.indicator);
  const draw = useMemo(() => drawn(wire, its), [wire, its]);
  const newest = its.at(-1);
  if (newest === undefined) return null;
  return (
    <Figure
      title={`${INDICATOR_WORDS[wire.indicator]}: ${resultIn(newest)}.`}
      subtitle={`Measured by those named below, with 95 % intervals; dashed lines are those of ${wire.id}.`}
      draw={draw}
      table={
        <Scroll label={INDICATOR_WORDS[wire.indicator]}>
          <table>
            <thead>
              <tr>
                <th scope="col">Of</th>
                <th scope="col">Period</th>
                <th scope="col">Result</th>
                <th scope="col">Measured by</th>
                <th scope="col">Statement</th>
              </tr>
            </thead>
            <tbody>
              {its.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{names.get(one.body.subject) ?? one.body.subject}</th>
                  <td>
                    {one.body.period.from} to {one.body.period.to}
                  </td>
                  <td>{resultIn(one)}</td>
                  <td>{names.get(one.issuer) ?? one.issuer}</td>
                  <td>
                    <a href={`#statement-${one.index}`}>{one.index}</a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      }
    />
  );
}

function drawn(wire: MeasuredWire, its: readonly Measured[]) {
  const points = its.flatMap(({ issuer, body: { period, result } }) =>
    "cannotSay" in result
      ? []
      : [
          {
            date: new Date(`${period.to}T00:00:00Z`),
            value: Number(result.value),
            by: issuer,
            low: result.low === null ? null : Number(result.low),
            high: result.high === null ? null : Number(result.high),
          },
        ],
  );
  const lines = (
    [
      ["watch", wire.watch],
      ["alert", wire.alert],
      ["trip", wire.trip],
    ] as const
  ).flatMap(([level, at]) => (at === undefined ? [] : [{ level, at: Number(at) }]));
  return (width: number) =>
    indicatorChart(points, lines, (value) => indicatorAmount(wire.indicator, value), width);
}

/** A result in words: the number with its interval, or that it cannot be said. */
export function resultIn({ body: { indicator, result } }: Measured): string {
  if ("cannotSay" in result) return `cannot be said: ${result.cannotSay}`;
  const told = (text: string) => indicatorAmount(indicator, Number(text));
  const interval =
    result.low === null || result.high === null
      ? ""
      : ` (${told(result.low)} to ${told(result.high)})`;
  const beyond = result.isBeyondInstrument ? ", beyond what the instrument can measure" : "";
  return `${told(result.value)}${interval}${beyond}`;
}
