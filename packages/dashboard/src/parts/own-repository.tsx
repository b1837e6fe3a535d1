import { type OwnRepository as Found, useOwnRepository } from "../data.ts";

/** This project, measured by itself as it measures others. */
export function OwnRepository() {
  const own = useOwnRepository();
  if (own.state !== "here") return null;
  const { value } = own;
  return (
    <>
      <h3>This project, measured by itself</h3>
      {"cannotSay" in value ? (
        <p>Who wrote this program cannot be said here: {value.cannotSay}.</p>
      ) : (
        <p>{sentence(value)}</p>
      )}
      <p className="aside">
        Run <code>standstill indicators authorship --repo .</code> in a clone for the whole answer.
      </p>
    </>
  );
}

type Own = Exclude<Found, { cannotSay: string }>;

function sentence({ head, commits, addedLines, coverage }: Own): string {
  const { total, bounds } = addedLines;
  const what = `${commits.total} commits and ${total} added lines up to ${head.slice(0, 12)}`;
  if (bounds === null || bounds.says === "cannot-say")
    return `Of ${what}, none says who wrote it. So nothing can be said of how much an AI wrote. That is not zero: names of tools can be switched off, here as anywhere.`;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `Of ${what}, ${percent(coverage ?? 0)} say who wrote them. An AI wrote at least ${percent(bounds.atLeast)} and at most ${percent(bounds.atMost)}.`;
}
