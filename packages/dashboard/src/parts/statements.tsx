import { type PageData, useStatement } from "../data.ts";
import { instant } from "../words.ts";
import { Scroll } from "./scroll.tsx";

/** All statements of the record; the chosen one is shown whole. */
export function Statements({
  data,
  chosen,
}: {
  readonly data: PageData;
  readonly chosen: number | undefined;
}) {
  return (
    <section id="record" aria-labelledby="record-title">
      <h2 id="record-title">The record</h2>
      <p>
        Everything above follows from these {data.statements.length} signed statements. The keeper
        can add to them, and can change none of them without being seen.
      </p>
      {chosen !== undefined && <Statement key={chosen} index={chosen} />}
      <Scroll label="Statements" tall>
        <table>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Type</th>
              <th scope="col">Issuer</th>
              <th scope="col">Says it was issued</th>
              <th scope="col">Id</th>
            </tr>
          </thead>
          <tbody>
            {data.statements.map((statement) => (
              <tr
                key={statement.index}
                aria-current={statement.index === chosen ? "true" : undefined}
              >
                <th scope="row">
                  <a href={`#statement-${statement.index}`}>{statement.index}</a>
                </th>
                <td>{statement.type}</td>
                <td>{statement.issuer}</td>
                <td>{instant(statement.issuedAt)}</td>
                <td>
                  <code title={statement.id}>{statement.id.slice(0, 16)}…</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Statement({ index }: { readonly index: number }) {
  const statement = useStatement(index);
  return (
    <div id={`statement-${index}`} className="statement">
      <h3>Statement {index}</h3>
      {statement.state === "waiting" && <p>Fetching it.</p>}
      {statement.state === "failed" && <p>There is no statement {index}.</p>}
      {statement.state === "here" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <pre tabIndex={0}>{JSON.stringify(statement.value, null, 2)}</pre>
      )}
    </div>
  );
}
