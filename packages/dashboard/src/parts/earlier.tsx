import type { PageData } from "../data.ts";
import { instant } from "../words.ts";

/** Findings of earlier periods that nobody has cleared: they do not decide the verdict of now, and are not forgotten. */
export function Earlier({ party }: { readonly party: PageData["round"]["parties"][number] }) {
  if (party.earlier.length === 0) return null;
  return (
    <>
      <h4>Findings of earlier periods that nobody has cleared</h4>
      <ul>
        {party.earlier.map((one) => (
          <li key={one.statement}>
            {one.site}
            {one.period !== null && `, ${instant(one.period.start)} to ${instant(one.period.end)}`}:{" "}
            {one.findings[0]?.sentence}
            {one.findings.length > 1 && ` And ${one.findings.length - 1} more.`}{" "}
            <a href={`#statement-${one.index}`}>Statement {one.index}</a>
          </li>
        ))}
      </ul>
      <p>To change that, a panel rules in a case on them.</p>
    </>
  );
}
