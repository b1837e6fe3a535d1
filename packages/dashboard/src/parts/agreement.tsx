import { explain } from "@standstill/agreement";
import type { PageData } from "../data.ts";

/** The agreement in plain prose: the same text that the command line prints. */
export function Agreement({ data }: { readonly data: PageData }) {
  const { terms, hash } = data.agreement;
  return (
    <section id="agreement" aria-labelledby="agreement-title">
      <h2 id="agreement-title">What was agreed</h2>
      <p>
        The terms are data; their hash names the agreement: <code className="hash">{hash}</code>.
        They stand in statement <a href="#statement-0">0</a>. This is what they say.
      </p>
      {explain(terms).map(({ title, sentences }) => (
        <details key={title} open={title === "What is owed"}>
          <summary>{title}</summary>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </details>
      ))}
    </section>
  );
}
