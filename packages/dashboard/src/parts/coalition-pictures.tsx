import { useCallback, useMemo } from "react";
import { findingOf, holdsOf } from "../charts/coalition.ts";
import { coalitionChart } from "../charts/coalition-chart.ts";
import { Figure } from "../charts/figure.tsx";
import { stretchesOf } from "../charts/timeline.ts";
import { timelineChart } from "../charts/timeline-chart.ts";
import type { PageData } from "../data.ts";
import { list } from "../words.ts";

/** The coalition as a picture: who holds whom, and who was bound when. */
export function CoalitionPictures({ data }: { readonly data: PageData }) {
  const { coalition } = data.agreement;
  const { parties: summaries, record } = data.round;
  const pictures = useMemo(() => {
    const name = (id: string) => summaries.find((party) => party.id === id)?.name ?? id;
    return {
      name,
      parties: summaries.map((one) => ({
        id: one.id,
        name: one.name,
        bound: coalition.bound.has(one.id),
      })),
      holds: holdsOf(coalition),
      stretches: stretchesOf(coalition.history, record.size, name),
    };
  }, [coalition, summaries, record.size]);
  const { name, parties, holds, stretches } = pictures;
  const drawCoalition = useCallback(
    (width: number) => coalitionChart(parties, holds, width),
    [parties, holds],
  );
  const names = useMemo(() => parties.map((party) => party.name), [parties]);
  const drawTimeline = useCallback(
    (width: number) => timelineChart(names, stretches, record.size, width),
    [names, stretches, record.size],
  );
  const dropped = [
    ...new Set(stretches.filter(({ to }) => to < record.size).map((one) => one.name)),
  ];
  return (
    <>
      <Figure
        title={findingOf(parties, holds)}
        subtitle="An arrow leads from a party to each whom its pledge asks about. Full: both are bound. Dotted: one is not."
        draw={drawCoalition}
        table={
          <table>
            <thead>
              <tr>
                <th>Party</th>
                <th>Bound</th>
                <th>Asks about</th>
              </tr>
            </thead>
            <tbody>
              {parties.map((party) => (
                <tr key={party.id}>
                  <td>{party.name}</td>
                  <td>{party.bound ? "yes" : "no"}</td>
                  <td>
                    {list(holds.filter(({ from }) => from === party.id).map(({ to }) => name(to)))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
      <Figure
        title={
          dropped.length === 0
            ? "Everybody who became bound still is."
            : `${list(dropped)} ${dropped.length === 1 ? "was" : "were"} bound and dropped out.`
        }
        subtitle="Who was bound from which statement of the record to which."
        draw={drawTimeline}
        table={
          <table>
            <thead>
              <tr>
                <th>Party</th>
                <th>From statement</th>
                <th>To statement</th>
              </tr>
            </thead>
            <tbody>
              {stretches.map((one) => (
                <tr key={`${one.name}-${one.from}`}>
                  <td>{one.name}</td>
                  <td>{one.from}</td>
                  <td>{one.to === record.size ? "still bound" : one.to}</td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </>
  );
}
