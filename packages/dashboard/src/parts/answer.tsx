import type { PageData } from "../data.ts";
import { answer, day } from "../words.ts";

/** The answer in a sentence, with the record it was computed from. */
export function Answer({ data }: { readonly data: PageData }) {
  const { sentence, rest } = answer(data.round);
  const { terms } = data.agreement;
  const starts = data.sites.reports.map(({ period }) => period.start).sort();
  const ends = data.sites.reports.map(({ period }) => period.end).sort();
  return (
    <section id="answer" aria-labelledby="answer-title">
      <p className="kicker">{terms.name}</p>
      <h1 id="answer-title">{sentence}</h1>
      <p className="lead">{rest}</p>
      <p className="aside">
        Computed from {data.round.record.size} statements of the record. The judged periods lie
        between {day(starts[0])} and {day(ends.at(-1))}. {terms.about}
      </p>
    </section>
  );
}
