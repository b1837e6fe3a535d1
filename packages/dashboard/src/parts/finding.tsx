import type { PageData } from "../data.ts";
import { instant, SEVERITIES } from "../words.ts";

type Told = PageData["round"]["parties"][number]["findings"][number];

/** A finding: in one sentence, with its numbers, and where to look. */
export function Finding({ finding }: { readonly finding: Told }) {
  const { where, numbers } = finding;
  return (
    <div className="finding">
      <p>
        <strong>{finding.sentence}</strong>
      </p>
      <p>{finding.detail}</p>
      <p className="aside">
        {SEVERITIES[finding.severity]}
        {where !== null && (
          <>
            {" "}
            To look at: {where.devices.length > 0 ? `${where.devices.join(", ")}, ` : ""}
            {instant(where.start)} to {instant(where.end)}.
          </>
        )}
      </p>
      {Object.keys(numbers).length > 0 && (
        <details>
          <summary>The numbers of this finding</summary>
          <table>
            <tbody>
              {Object.entries(numbers).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}
