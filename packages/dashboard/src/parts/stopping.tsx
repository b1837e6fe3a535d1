import type { PageData } from "../data.ts";
import { instant, SAFEGUARD_STANDINGS, STOP_STANDINGS } from "../words.ts";
import { Table } from "./table.tsx";

type Pause = NonNullable<PageData["round"]["pause"]>;
type ShownStop = NonNullable<Pause["sites"][number]["shown"]>;

/** How it stops and how it ends: a pause that holds with the stop of each site, emergencies, safeguards and the lifting. */
export function Stopping({ data }: { readonly data: PageData }) {
  const { pause, emergencies, safeguards, lift } = data.round;
  const name = (id: string) => data.round.parties.find((party) => party.id === id)?.name ?? id;
  if (pause === null && emergencies.length === 0 && safeguards.length === 0) return null;
  return (
    <section id="stopping" aria-labelledby="stopping-title">
      <h2 id="stopping-title">How it stops, and what lifts it</h2>
      {pause === null ? <p>No pause is triggered.</p> : <ControlRoom pause={pause} name={name} />}
      {emergencies.map(({ party, index, reason, until }) => (
        <p key={index}>
          {name(party)} opened a gate in an emergency until {instant(new Date(until).toISOString())}
          : “{reason}” <a href={`#statement-${index}`}>{index}</a>
        </p>
      ))}
      {safeguards.length > 0 && (
        <>
          <h3>Safeguards that are wanted in place</h3>
          <ul>
            {safeguards.map(({ safeguard, title, standing, assessment, submissions }) => (
              <li key={safeguard}>
                {title} <strong>{SAFEGUARD_STANDINGS[standing]}</strong>
                {[...submissions, ...(assessment === null ? [] : [assessment])].map(({ index }) => (
                  <span key={index}>
                    {" "}
                    <a href={`#statement-${index}`}>{index}</a>
                  </span>
                ))}
              </li>
            ))}
          </ul>
          {lift !== null && (
            <p>
              All that lifts it held from {instant(lift.metAt)} on. It is lifted{" "}
              {instant(lift.liftsAt)}, unless something of it is taken back.
            </p>
          )}
        </>
      )}
    </section>
  );
}

function ControlRoom({
  pause: { trigger, since, due, sites },
  name,
}: {
  readonly pause: Pause;
  readonly name: (id: string) => string;
}) {
  const at = (time: number) => instant(new Date(time).toISOString());
  return (
    <>
      <p>
        <strong>A pause holds</strong> since {at(since)}, by {trigger}.
        {due !== null &&
          ` Everybody is ready by ${at(due.ready)}, stops by ${at(due.stop)}, and shows it by ${at(due.shown)}.`}
      </p>
      <Table
        label="The stop of each site"
        columns={["Site", "Stop", "Mean power", "Shown for", "Could have been done", "Statements"]}
      >
        {sites.map(({ site, party, standing, isLate, words, shown }) => (
          <tr key={site}>
            <th scope="row">
              {name(party)}, {site}
            </th>
            <td>
              {STOP_STANDINGS[standing]}
              {isLate && " It is late."}
              {shown !== null && <p className="aside">{shown.stop.sentence}</p>}
            </td>
            <td>
              {shown !== null && shown.stop.power !== null
                ? `${shown.stop.power} an accelerator, idling at most ${shown.stop.idlePower}${unread(shown.stop.missingWindows)}`
                : ""}
            </td>
            <td>{shown === null ? "" : hoursShown(shown.hours)}</td>
            <td>
              {shown === null ? "" : shareOf(shown.stop.couldHaveDone, shown.stop.capacity)}
              {shown !== null && shown.stop.baseline !== null
                ? `; ${shareOf(shown.stop.baseline.couldHaveDone, shown.stop.capacity)} above its baseline of ${shown.stop.baseline.power}`
                : ""}
            </td>
            <td>
              {[words.ready?.index, words.done?.index, shown?.report, shown?.verdict].map(
                (index) =>
                  index === undefined ? null : (
                    <span key={index}>
                      <a href={`#statement-${index}`}>{index}</a>{" "}
                    </span>
                  ),
              )}
            </td>
          </tr>
        ))}
      </Table>
      <p className="aside">
        By the parties’ own meters; a window that they did not read counts as full power. Hours that
        nobody reported are not shown. What could have been done is what the readings leave room
        for, as a share of what the site could do at most. Above a baseline that the party itself
        named it is less, and holds only if nothing ran then either.
      </p>
    </>
  );
}

function unread({ missing, all }: ShownStop["stop"]["missingWindows"]): string {
  return missing === 0 ? "" : `; ${((100 * missing) / all).toFixed(1)} % not read`;
}

function hoursShown(hours: ShownStop["hours"]): string {
  const ran = hours["not-kept"] === 0 ? "" : `, not kept in ${hours["not-kept"]}`;
  const open = hours["not-shown"] === 0 ? "" : `, not shown in ${hours["not-shown"]}`;
  return `kept in ${hours.kept} of ${hours.since} hours since the stop${ran}${open}`;
}

function shareOf(part: string, whole: string): string {
  const [of, all] = [part, whole].map((text) => Number(text.split(" ")[0]));
  if (of === undefined || all === undefined || !(all > 0)) return "";
  const percent = (100 * of) / all;
  return percent > 0 && percent < 1 ? "under 1 %" : `${Math.round(percent)} %`;
}
