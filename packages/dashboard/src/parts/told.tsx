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
      return outcome.report.outcome === "verified" && outcome.sameRound !== false ? (
        <ul className="proof">
          <li>
            The checkpoint over {outcome.report.size} entries is signed by the log and its
            witnesses.
          </li>
          <li>Every entry is in the tree with root {outcome.report.root}.</li>
          <li>
            All {outcome.report.statements} statements carry valid signatures and are admissible.
          </li>
          <li>
            All {outcome.report.verdictsRecomputed} verdicts were recomputed from the readings, byte
            for byte.
          </li>
          {outcome.sameRound && <li>This page shows what the record gives.</li>}
          <li>
            What holds now has the SHA-256 <code>{outcome.report.state}</code>. Whoever audits the
            same record gets the same.
          </li>
          {outcome.report.identityChecked && (
            <li>It is the log that the policy names, and the policy's witnesses cosigned it.</li>
          )}
          {outcome.report.doubtfulMarks.map(({ index, message }) => (
            <li key={index}>
              The mark of time at entry {index} is doubtful: {message}.
            </li>
          ))}
        </ul>
      ) : (
        <p>
          <strong>
            {outcome.report.outcome === "verified"
              ? "This page does not show what the record gives."
              : `Not verified: ${outcome.report.message}`}
          </strong>{" "}
          {outcome.report.place}
        </p>
      );
  }
}
