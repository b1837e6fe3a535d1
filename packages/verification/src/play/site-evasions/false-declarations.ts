import { type PlayedSite, runOf, tokensOf } from "../honest-site.ts";
import { agreeing, copied, declaring, stretchOf, trainOn, withTokens } from "../site-forging.ts";
import type { SiteEvasion } from "./evasion.ts";

/** Declarations that do not say what was. */
export const falseDeclarations: readonly SiteEvasion[] = [
  {
    id: "work-told-too-much",
    about: "Declares up to four times the tokens of a run, so that more energy is explained.",
    commit: (honest, _random, size) =>
      declaring(
        honest,
        honest.subject.runs.map((run) =>
          run.activity === "training" ? withTokens(run, 100 + Math.floor(300 * size)) : run,
        ),
      ),
  },
  {
    id: "work-told-too-little",
    about: "Declares fewer tokens of its servers than they handled, and sends no counters.",
    commit(honest, _random, size) {
      const runs = honest.subject.runs.map((run) => withTokens(run, 100 - Math.floor(98 * size)));
      const site = declaring(honest, runs);
      const evidence = { ...site.subject.evidence, counters: [] };
      return { ...site, subject: { ...site.subject, evidence } };
    },
  },
  {
    id: "model-told-too-large",
    about: "Declares a model up to sixteen times as large, with fewer tokens, to explain the work.",
    commit: (honest, _random, size) =>
      declaring(
        honest,
        honest.subject.runs.map((run) => {
          const times = BigInt(1 + Math.floor(15 * size));
          if (run.activity !== "inference" || run.work.basis !== "tokens") return run;
          const of = (text: string) => BigInt(text.split(" ")[0] as string);
          const work = {
            basis: "tokens" as const,
            parameters: `${of(run.work.parameters) * times} parameters`,
            tokens: `${of(run.work.tokens) / times} tokens`,
          };
          return { ...run, work };
        }),
      ),
  },
  {
    id: "split-run",
    about: "Declares a run of training that is above the limit as pieces that are not.",
    commit: (honest, _random, size) => inPieces(honest, size, () => "made first"),
  },
  {
    id: "unlinked-pieces",
    about: "The same, each piece under the name of another model.",
    commit: (honest, _random, size) => inPieces(honest, size, (i) => `made piece ${i}`),
  },
  {
    id: "unknown-parent",
    about: "Names a run that nobody declared as what it starts from.",
    commit: (honest) =>
      declaring(
        honest,
        honest.subject.runs.map((run) =>
          run.activity === "training"
            ? { ...run, parents: [{ run: "made/never", as: "weights" as const }] }
            : run,
        ),
      ),
  },
  {
    id: "declared-late",
    about: "Trains on a node that stands by, and declares it after the readings were sealed.",
    commit(honest, random, size) {
      if (honest.spare.length === 0) return undefined;
      const site = copied(honest);
      const stretch = stretchOf(site, random, size);
      const done = trainOn(site, site.spare, stretch, random);
      const late = runOf(done, {
        run: "late",
        activity: "training",
        nodes: done.spare,
        ...stretch,
      });
      const beside = { ...done.subject.beside, lateRuns: [late] };
      return { ...done, subject: { ...done.subject, beside } };
    },
  },
  {
    id: "grown-cluster",
    about: "Adds a node to a site that is as large as a cluster may be.",
    commit(honest) {
      const { terms, site } = honest.subject;
      const line = {
        id: "cluster",
        kind: "cluster-limit" as const,
        title: "No larger cluster.",
        mode: "cap" as const,
        stance: "forbidden" as const,
        aboveH100e: `${site.nodes.length * 8}`,
      };
      const more = { device: "node-more", accelerator: "h100-sxm5", accelerators: 8 };
      const subject = { ...honest.subject, site: { ...site, nodes: [...site.nodes, more] } };
      const obligations = [...terms.obligations, line];
      return agreeing({ ...honest, subject }, { ...terms, obligations });
    },
  },
];

/** All training as pieces, under a limit that lies above each and below their sum. */
function inPieces(
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
