import type { PageData } from "../data.ts";
import { instant } from "../words.ts";
import { Scroll } from "./scroll.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

/** Every verdict on a party's sites, newest first. */
export function History({ party }: { readonly party: PageData["round"]["parties"][number] }) {
  if (party.verdicts.length === 0) return null;
  return (
    <>
      <h4>Verdicts so far</h4>
      <Scroll label={`Verdicts on ${party.name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">Period</th>
              <th scope="col">Verdict</th>
              <th scope="col">Statement</th>
            </tr>
          </thead>
          <tbody>
            {[...party.verdicts].reverse().map((one) => (
              <tr key={one.statement}>
                <th scope="row">{one.site}</th>
                <td>
                  {one.period === null
                    ? "not on record"
                    : `${instant(one.period.start)} to ${instant(one.period.end)}`}
                </td>
                <td>
                  <VerdictMark value={one.verdict} />
                  {one.notJudged !== null && <p className="aside">{one.notJudged}</p>}
                </td>
                <td>
                  <a href={`#statement-${one.index}`}>{one.index}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
