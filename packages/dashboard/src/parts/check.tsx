import { useState } from "react";
import type { CheckMessage, CheckRequest } from "../check/messages.ts";
import type { PageData } from "../data.ts";

type Outcome = CheckMessage | { readonly kind: "idle" };

/** One button that verifies, in this browser, what the page shows, and what that cannot prove. */
export function Check({ data }: { readonly data: PageData }) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const start = () => {
    setOutcome({ kind: "progress", done: 0, all: 0 });
    const worker = new Worker(new URL("../check/worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<CheckMessage>) => {
      setOutcome(event.data);
      if (event.data.kind !== "progress") worker.terminate();
    });
    worker.addEventListener("error", () =>
      setOutcome({ kind: "failed", message: "the checker could not be loaded" }),
    );
    worker.postMessage({
      record: `${location.origin}/record`,
      shown: data.round,
    } satisfies CheckRequest);
  };
  return (
    <section id="check" aria-labelledby="check-title">
      <h2 id="check-title">Check it yourself</h2>
      <p>
        The button fetches the whole record, rebuilds its tree, compares it with the signed
        checkpoint, verifies every statement's signature, repeats admission, recomputes every
        verdict from the readings, and compares the result with this page.
      </p>
      <p>
        <button
          type="button"
          className="action"
          onClick={start}
          disabled={outcome.kind === "progress"}
        >
          Verify what this page shows
        </button>
      </p>
      <div
        role="status"
        data-outcome={outcome.kind === "done" ? outcome.report.outcome : outcome.kind}
      >
        <Told outcome={outcome} />
      </div>
      <p>
        What this cannot prove: the code that just ran came from the server it checks, and a
        dishonest server would send code that says yes. Nor does it prove whose log this is. For
        that, run the program you installed yourself, with a policy that names the keys you trust:
      </p>
      <pre className="command">npx standstill audit {location.origin} --policy FILE</pre>
    </section>
  );
}

function Told({ outcome }: { readonly outcome: Outcome }) {
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
      return outcome.report.outcome === "verified" && outcome.sameRound ? (
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
          <li>
            This page shows what the record gives. Its SHA-256 is{" "}
            <code>{outcome.report.round}</code>; the command below prints the same.
          </li>
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
