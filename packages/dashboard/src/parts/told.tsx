import { type AuditReport, notRecomputedWords } from "@standstill/audit";
import type { CheckMessage } from "../check/messages.ts";

/** How far a check is. */
export type Outcome = CheckMessage | { readonly kind: "idle" };

/** What a check has come to, in words. */
export function Told({ outcome }: { readonly outcome: Outcome }) {
  switch (outcome.kind) {
    case "idle":
      return <p>Not checked yet.</p>;
    case "progress":
      return (
        <p>
          {outcome.all === 0
            ? "Fetching the record."
            : `Statement ${outcome.done} of ${outcome.all}.`}{" "}
          Recomputing verdicts takes about half a minute.
        </p>
      );
    case "failed":
      return <p>The check could not be made: {outcome.message}.</p>;
    case "done":
      return <Report report={outcome.report} sameRound={outcome.sameRound} />;
  }
}

interface ReportProps {
  readonly report: AuditReport;
  readonly sameRound: boolean | undefined;
}

function Report({ report, sameRound }: ReportProps) {
  const isSound = report.outcome === "verified" || report.outcome === "not-recomputed";
  if (isSound && sameRound !== false)
    return report.outcome === "verified" ? (
      <Verified report={report} sameRound={sameRound} />
    ) : (
      <NotAll report={report} sameRound={sameRound} />
    );
  return (
    <p>
      <strong>
        {isSound
          ? "This page does not show what the record gives."
          : `Not verified: ${report.message}`}
      </strong>{" "}
      {report.place}
    </p>
  );
}

function Verified({ report, sameRound }: ReportProps) {
  return (
    <ul className="proof">
      <li>The checkpoint over {report.size} entries is signed by the log and its witnesses.</li>
      <li>Every entry is in the tree with root {report.root}.</li>
      <li>All {report.statements} statements carry valid signatures and are admissible.</li>
      <li>
        All {report.verdictsRecomputed} verdicts were recomputed from the readings, byte for byte.
      </li>
      {sameRound && <li>This page shows what the record gives.</li>}
      <li>
        What holds now has the SHA-256 <code>{report.state}</code>. Whoever audits the same record
        gets the same.
      </li>
      {report.identityChecked && (
        <li>It is the log that the policy names, and the policy's witnesses cosigned it.</li>
      )}
      {report.doubtfulMarks.map(({ index, message }) => (
        <li key={index}>
          The mark of time at entry {index} is doubtful: {message}.
        </li>
      ))}
    </ul>
  );
}

/** Nothing is wrong that was seen, and not everything was seen. */
function NotAll({ report, sameRound }: ReportProps) {
  return (
    <>
      <p>
        <strong>Not everything could be checked.</strong> That accuses nobody. {report.message}
      </p>
      <ul className="proof">
        {notRecomputedWords(report.notRecomputed).map((words) => (
          <li key={words}>{words}</li>
        ))}
        {report.verdictsRecomputed > 0 && (
          <li>
            {report.verdictsRecomputed} verdicts were recomputed from the readings, byte for byte.
          </li>
        )}
        {sameRound && <li>This page shows what the record gives.</li>}
      </ul>
    </>
  );
}
