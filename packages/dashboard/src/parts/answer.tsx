import type { PageData } from "../data.ts";
import { answer } from "../words.ts";

/** The answer in a sentence, with the record it was computed from. */
export function Answer({ data }: { readonly data: PageData }) {
  const { sentence, rest } = answer(data.round);
  const { terms } = data.agreement;
  return (
    <section id="answer" aria-labelledby="answer-title">
      <p className="kicker">{terms.name}</p>
      <h1 id="answer-title">{sentence}</h1>
      <p className="lead">{rest}</p>
      <p className="aside">
        Computed from {data.round.record.size} statements of the record. {terms.about}
      </p>
    </section>
  );
}
