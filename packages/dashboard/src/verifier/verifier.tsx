import { useState } from "react";
import { runCheck } from "../check/run-check.ts";
import CheckWorker from "../check/worker.ts?worker&inline";
import { type Outcome, Told } from "../parts/told.tsx";
import { checkFiles } from "./check-files.ts";
import { type Chosen, WhatToCheck } from "./what-to-check.tsx";

/** A program in one file: checks a record, or one proof, without the help of whoever keeps the record. */
export function Verifier() {
  const [policy, setPolicy] = useState("");
  const [chosen, setChosen] = useState<Chosen>();
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const [said, setSaid] = useState<string>();
  const start = async () => {
    setSaid(undefined);
    setOutcome({ kind: "idle" });
    if (chosen === undefined) return;
    if (chosen.kind === "proof") {
      await checkFiles(chosen, policy).then(setSaid, (error: Error) =>
        setOutcome({ kind: "failed", message: error.message }),
      );
      return;
    }
    setOutcome({ kind: "progress", done: 0, all: 0 });
    const trusted = policy.trim() === "" ? {} : { policy };
    runCheck(new CheckWorker(), { record: chosen.record, ...trusted }, setOutcome);
  };
  return (
    <>
      <header>
        <span className="name">Standstill verifier</span>
      </header>
      <main>
        <h1>Check a record without trusting who keeps it</h1>
        <p>
          This page is one file, and all of the program is in it. It asks nobody for anything,
          unless you give it an address. Keep it, and open it from your own disk. Before you rely on
          it, compare its SHA-256 with the one on the record, and better with the one of the file
          that you built from the source yourself.
        </p>
        <section aria-labelledby="whose">
          <h2 id="whose">Whose record it must be</h2>
          <p>
            A policy names the log's key, the witnesses and how many of them must have cosigned. Get
            it from somebody you trust, not from the keeper. Without one the check proves that the
            record agrees with itself, and not whose it is.
          </p>
          <label htmlFor="policy">Policy (c2sp.org/tlog-policy)</label>
          <textarea
            id="policy"
            rows={6}
            spellCheck={false}
            value={policy}
            onChange={({ target }) => setPolicy(target.value)}
          />
        </section>
        <section aria-labelledby="what">
          <h2 id="what">What to check</h2>
          <WhatToCheck onChosen={setChosen} />
        </section>
        <section aria-labelledby="result">
          <h2 id="result">What was found</h2>
          <p>
            <button
              type="button"
              className="action"
              disabled={chosen === undefined || outcome.kind === "progress"}
              onClick={() => void start()}
            >
              Verify
            </button>
          </p>
          <div
            role="status"
            data-outcome={
              said !== undefined
                ? "said"
                : outcome.kind === "done"
                  ? outcome.report.outcome
                  : outcome.kind
            }
          >
            {said === undefined ? <Told outcome={outcome} /> : <p>{said}</p>}
          </div>
        </section>
      </main>
      <footer>
        <p>Standstill proves what was said and when, never that it is true.</p>
      </footer>
    </>
  );
}
