import { HOUR_MS } from "@standstill/record";
import type { PageData } from "../data.ts";
import { ACTORS, CASE_DEEDS, CASE_OUTCOMES, instant, STEP_STANDINGS } from "../words.ts";
import { Table } from "./table.tsx";

type OneCase = PageData["round"]["cases"][number];

/** What happens when somebody doubts: what is due from whom, the cases with their steps, what was asked and answered. */
export function Cases({ data }: { readonly data: PageData }) {
  const name = (id: string) => data.round.parties.find((party) => party.id === id)?.name ?? id;
  const { cases, deadlines, reportsDue, reporting } = data.round;
  return (
    <section id="cases" aria-labelledby="cases-title">
      <h2 id="cases-title">What happens to a doubt</h2>
      <p>
        A finding accuses nobody. It opens a case, in which the party is asked to clarify. Only a
        ruling can find a violation.
      </p>
      {cases.length === 0 && <p>No case is open.</p>}
      {deadlines.length + reportsDue.length > 0 && (
        <>
          <h3>What is due</h3>
          <Table label="Deadlines" columns={["Due", "From", "What", "If silent"]}>
            {deadlines.map((one) => (
              <tr key={`${one.case} ${one.step}`}>
                <th scope="row">{instant(new Date(one.dueAt).toISOString())}</th>
                <td>{one.by === "accused" ? name(one.party) : ACTORS[one.by]}</td>
                <td>
                  {one.title}
                  {one.by === "accused" ? "" : ` About ${name(one.party)}.`}
                </td>
                <td>{one.ifSilent}</td>
              </tr>
            ))}
            {reportsDue.map((one) => (
              <tr key={one.report}>
                <th scope="row">{instant(new Date(one.dueAt).toISOString())}</th>
                <td>everybody bound</td>
                <td>{one.title}</td>
                <td />
              </tr>
            ))}
          </Table>
          <p className="aside">
            By the record’s newest mark of time. <a href="/deadlines.ics">Calendar</a>
          </p>
        </>
      )}
      <Unreported reporting={reporting} name={name} />
      <ul className="bindings">
        {cases.map((one) => (
          <li key={one.name}>
            <p>
              <strong>A case about {name(one.party)}</strong>: {CASE_OUTCOMES[one.outcome]}.
            </p>
            <p className="aside">What was said:</p>
            <Timeline one={one} name={name} />
            <p className="aside">Where it stands:</p>
            <Steps one={one} party={name(one.party)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reports that were not there when they were due. */
function Unreported({
  reporting,
  name,
}: {
  readonly reporting: PageData["round"]["reporting"];
  readonly name: (id: string) => string;
}) {
  const notKept = reporting.filter(({ standing, unjudged }) => standing !== "kept" || unjudged > 0);
  if (reporting.length === 0) return null;
  const kept = reporting.filter(({ standing }) => standing === "kept").length;
  return (
    <>
      <h3>What was due</h3>
      <p>
        {kept} of {reporting.length} reports were there in time.
      </p>
      {notKept.length > 0 && (
        <Table label="Reports that were not there in time" columns={["Due", "From", "What", "Now"]}>
          {notKept.map((one) => (
            <tr key={`${one.report} ${one.party} ${one.site} ${one.ends}`}>
              <th scope="row">{instant(new Date(one.dueAt).toISOString())}</th>
              <td>
                {name(one.party)}
                {one.site === null ? "" : `, ${one.site}`}
              </td>
              <td>{one.title}</td>
              <td>{now(one)}</td>
            </tr>
          ))}
        </Table>
      )}
      <p className="aside">
        Whoever is silent when a report is due is unverified at best, whatever older verdicts say.
      </p>
    </>
  );
}

function now({ standing, uncovered, unjudged }: PageData["round"]["reporting"][number]): string {
  const [missing, open] = [uncovered, unjudged - uncovered].map((time) =>
    Math.ceil(time / HOUR_MS),
  );
  if (standing === "missing")
    return missing === 0 ? "It is missing." : `${missing} hours of it are missing.`;
  const came = standing === "late" ? "It came late." : "It came in time.";
  return open === 0 ? came : `${came} ${open} hours of it are not judged yet.`;
}

/** Who said what in a case, one after the other. */
function Timeline({ one, name }: { readonly one: OneCase; readonly name: (id: string) => string }) {
  const titles = new Map(one.steps.map(({ id, title }) => [id, title.replace(/\.$/, "")]));
  return (
    <ol className="timeline" aria-label={`What was said in the case about ${name(one.party)}`}>
      {one.timeline.map(({ index, at, issuer, deed, about, text }) => (
        <li key={index}>
          <a href={`#statement-${index}`}>{index}</a>, after {instant(new Date(at).toISOString())}:{" "}
          <strong>{issuerName(issuer, name)}</strong> {CASE_DEEDS[deed]}
          {deed === "ruled" && about !== null
            ? `: ${CASE_OUTCOMES[about as "found"]}`
            : about !== null && titles.has(about)
              ? ` “${titles.get(about)}”`
              : ""}
          . <span className="aside">{text}</span>
        </li>
      ))}
    </ol>
  );
}

function issuerName(issuer: string, name: (id: string) => string): string {
  const known = name(issuer);
  return known === issuer ? `${issuer[0]?.toUpperCase()}${issuer.slice(1)}` : known;
}

function Steps({ one, party }: { readonly one: OneCase; readonly party: string }) {
  if (one.steps.length === 0) return null;
  return (
    <ol aria-label={`Steps of the case about ${party}`}>
      {one.steps.map((step) => (
        <li key={step.id}>
          {step.title.replace(/\.$/, "")}: <strong>{STEP_STANDINGS[step.standing]}</strong>
          {step.standing === "due" && step.dueAt !== null
            ? ` ${instant(new Date(step.dueAt).toISOString())}, from ${step.by === "accused" ? party : ACTORS[step.by]}`
            : ""}
          {step.standing === "silent" ? `, so ${step.ifSilent}` : ""}.{" "}
          {step.index !== null && <a href={`#statement-${step.index}`}>{step.index}</a>}
        </li>
      ))}
    </ol>
  );
}
