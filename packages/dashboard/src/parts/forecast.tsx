import {
  backTest,
  type DatedValue,
  dayOfProbability,
  forecastFrom,
  IndicatorError,
} from "@standstill/indicators";
import { DAY_MS, there } from "@standstill/record";
import { Scroll } from "./scroll.tsx";

const STEPS = 3;

/** When the trend alone passes the next powers of ten, and how such forecasts fared in the past. */
export function Forecast({ frontier }: { readonly frontier: readonly DatedValue[] }) {
  const found = forecast(frontier);
  if (found === undefined) return null;
  const { test, rows } = found;
  return (
    <>
      <p>
        If the trend goes on, and nothing says that it does.{" "}
        {test === undefined
          ? "Too few forecasts could have been made in the past to test this one."
          : `Of ${test.forecasts} forecasts that could have been made so in the past, ${Math.round(test.inside80 * test.forecasts)} held within their band of 80 %.${test.widening > 1 ? " The bands below are widened by what that showed." : ""}`}{" "}
        A forecast trips nothing.
      </p>
      <Scroll label="Forecast of the largest published training run">
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">Largest published run</th>
              <th scope="col">Expected</th>
              <th scope="col">One in ten to nine in ten</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ exponent, expected, early, late }) => (
              <tr key={exponent}>
                <th scope="row">1e{exponent} FLOP</th>
                <td>{expected}</td>
                <td>
                  {early} to {late}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function forecast(frontier: readonly DatedValue[]) {
  try {
    const test = backTest(frontier);
    const forecaster = forecastFrom(frontier, test?.widening ?? 1);
    const newest = there(frontier.at(-1));
    let first = Math.floor(Math.log10(newest.value)) + 1;
    // What the line had expected by now and did not come is no forecast.
    while (forecaster.reaches(Number(`1e${first}`)) < newest.day) first++;
    const rows = Array.from({ length: STEPS }, (_, i) => {
      const threshold = Number(`1e${first + i}`);
      const when = (share: number) => {
        const day = dayOfProbability(forecaster, threshold, share, newest.day);
        return day === null ? "not in fifty years" : monthOf(day);
      };
      return {
        exponent: first + i,
        expected: monthOf(forecaster.reaches(threshold)),
        early: when(0.1),
        late: when(0.9),
      };
    });
    return { test, rows };
  } catch (error) {
    // Without growth or with too few points there is nothing to say.
    if (error instanceof IndicatorError) return undefined;
    throw error;
  }
}

function monthOf(day: number): string {
  return new Date(Math.floor(day) * DAY_MS).toISOString().slice(0, 7);
}
