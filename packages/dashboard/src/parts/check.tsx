import { useState } from "react";
import { runCheck } from "../check/run-check.ts";
import type { PageData } from "../data.ts";
import { type Outcome, Told } from "./told.tsx";

/** One button that verifies, in this browser, what the page shows, and what that cannot prove. */
export function Check({ data }: { readonly data: PageData }) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const start = () => {
    setOutcome({ kind: "progress", done: 0, all: 0 });
    const worker = new Worker(new URL("../check/worker.ts", import.meta.url), { type: "module" });
    runCheck(worker, { record: `${location.origin}/record`, shown: data.round }, setOutcome);
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
      <Verifiers data={data} />
    </section>
  );
}

/** The verifier to keep, and who says which bytes it has. */
function Verifiers({ data }: { readonly data: PageData }) {
  const { parties, keeper } = data.agreement.terms;
  const names = new Map([...parties, keeper].map(({ id, name }) => [id, name]));
  const vouched = data.round.programs.filter(({ program }) => program === "verifier");
  return (
    <>
      <p>
        Or keep <a href="/verifier.html">the verifier, one file</a>, and open it from your own disk.
        Compare its SHA-256 before you rely on it, and build it from the source to be sure.
      </p>
      <ul className="proof">
        {vouched.map(({ issuer, version, sha256, index }) => (
          <li key={issuer}>
            Version {version} is <code>{sha256}</code>, says {names.get(issuer) ?? issuer} at{" "}
            <a href={`#statement-${index}`}>entry {index}</a>.
          </li>
        ))}
      </ul>
    </>
  );
}
