import type { PageData } from "../data.ts";
import { CLAIM_SAYS, INDICATOR_WORDS, indicatorAmount, STANDINGS } from "../words.ts";
import { Table } from "./table.tsx";
import { resultIn } from "./tripwires.tsx";

/** What parties claim of themselves, and what others found of it; measurements that no tripwire watches. */
export function Claims({ data }: { readonly data: PageData }) {
  const { claims, measured, disagreements, tripwires } = data.round;
  const names = new Map(data.round.parties.map(({ id, name }) => [id, name]));
  const watched = new Set<string>(tripwires.map(({ indicator }) => indicator));
  const others = measured.filter(({ body }) => !watched.has(body.indicator));
  return (
    <>
      {claims.length > 0 && (
        <>
          <h3>What parties claim</h3>
          <p>
            A claim is a party’s own word. It is reproduced when others measured the same, and
            unsupported while nobody has.
          </p>
          <Table label="Claims" columns={["Party", "Claim", "Others found", "Statement"]}>
            {claims.map((claim) => (
              <tr key={claim.id}>
                <th scope="row">{names.get(claim.issuer) ?? claim.issuer}</th>
                <td>
                  “{claim.body.words}” {INDICATOR_WORDS[claim.body.indicator]}:{" "}
                  {CLAIM_SAYS[claim.body.says]}{" "}
                  {indicatorAmount(claim.body.indicator, Number(claim.body.value))},{" "}
                  {claim.body.period.from} to {claim.body.period.to}.
                </td>
                <td>
                  {STANDINGS[claim.standing]}
                  {claim.measurements.map(({ index, issuer }) => (
                    <span key={index}>
                      {" "}
                      <a href={`#statement-${index}`}>
                        {names.get(issuer) ?? issuer}, {index}
                      </a>
                    </span>
                  ))}
                </td>
                <td>
                  <a href={`#statement-${claim.index}`}>{claim.index}</a>
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>Also measured</h3>
          <ul>
            {others.map((one) => (
              <li key={one.id}>
                {INDICATOR_WORDS[one.body.indicator]} of{" "}
                {names.get(one.body.subject) ?? one.body.subject}: {resultIn(one)}, by{" "}
                {names.get(one.issuer) ?? one.issuer}, from {one.body.rows} rows.{" "}
                <a href={`#statement-${one.index}`}>{one.index}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {disagreements.map(({ first, second, kind }) => (
        <p key={`${first}-${second}`}>
          Statements <a href={`#statement-${first}`}>{first}</a> and{" "}
          <a href={`#statement-${second}`}>{second}</a>{" "}
          {kind === "same-input"
            ? "give different results for the same rows by the same method. One of them is wrong."
            : "measured the same, and their intervals do not meet."}
        </p>
      ))}
    </>
  );
}
