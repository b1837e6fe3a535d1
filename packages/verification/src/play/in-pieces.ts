import { type PlayedSite, runOf, tokensOf } from "./honest-site.ts";
import { agreeing, declaring } from "./site-forging.ts";

/** All training as pieces, under a limit that lies above each and below their sum. */
export function inPieces(
  honest: PlayedSite,
  size: number,
  modelOf: (piece: number) => string,
): PlayedSite | undefined {
  const { count } = honest.columns.power;
  const pieces = 2 + Math.floor(30 * size);
  const all = flopOf(honest, 0, count);
  const runs = Array.from({ length: pieces }, (_, i) => ({
    ...runOf(honest, {
      run: `piece-${i}`,
      activity: "training",
      nodes: honest.training,
      from: Math.floor((count * i) / pieces),
      to: Math.floor((count * (i + 1)) / pieces),
    }),
    model: modelOf(i),
  }));
  const { terms } = honest.subject;
  const obligations = terms.obligations.map((one) =>
    one.kind === "training-run-limit" ? { ...one, limit: `${(all * 9n) / 10n} FLOP` } : one,
  );
  const rest = honest.subject.runs.filter(({ activity }) => activity !== "training");
  return agreeing(declaring(honest, [...runs, ...rest]), { ...terms, obligations });
}

function flopOf(site: PlayedSite, from: number, to: number): bigint {
  return 6n * 70_000_000_000n * tokensOf(site, site.training, from, to, 6 * 70_000_000_000);
}
