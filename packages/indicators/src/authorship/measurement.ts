import { authorshipFindings, type IndicatorFinding } from "../findings.ts";
import { RULES_VERSION } from "./identity.ts";
import { type ShareBounds, shareBounds } from "./share-bounds.ts";
import type { AuthorshipTally, LineShares } from "./tally.ts";

/** Which part of a history was measured, and by what. */
export interface AuthorshipScope {
  /** The commit that was measured. */
  readonly head: string;
  readonly merges: boolean;
  /** Files, as git's pathspecs; all where there are none. */
  readonly paths: readonly string[];
  /** First day; the whole history where absent. */
  readonly since: string | undefined;
  /** Whether notes of the git-ai standard were read. */
  readonly notes: boolean;
}

/** Lines with the bounds of an AI's share of them; nothing where there are none. */
export interface BoundedLines extends LineShares {
  readonly bounds: ShareBounds | null;
}

/** Who wrote a repository, as far as it is attested, and what a statement says of it. */
export interface Authorship extends Omit<AuthorshipTally, "tiers" | "months"> {
  readonly method: Readonly<Record<string, unknown>> & {
    readonly name: "git-authorship";
    readonly version: 1;
  };
  readonly head: string;
  readonly addedLines: BoundedLines;
  readonly surviving: BoundedLines | null;
  readonly months: readonly (Omit<AuthorshipTally["months"][number], "name"> & {
    readonly month: string;
  })[];
  /** Share of the added lines whose author notes, the author's name or a trailer attest. */
  readonly coverage: number | null;
  readonly evidence: AuthorshipTally["tiers"];
  readonly indicators: readonly IndicatorFinding[];
}

/** What a tally of commits, and lines that survive where they were traced, say of who wrote a repository. */
export function authorshipOf(
  { head, merges, paths, since, notes }: AuthorshipScope,
  { tiers, months, ...tally }: AuthorshipTally,
  surviving: LineShares | null,
): Authorship {
  const { addedLines: lines } = tally;
  const added = bounded(lines);
  const survived = surviving === null ? null : bounded(surviving);
  const attested = tiers.notes + tiers.author + tiers.trailer;
  const coverage = lines.total === 0 ? null : attested / lines.total;
  return {
    method: {
      name: "git-authorship",
      version: 1,
      rules: RULES_VERSION,
      merges,
      paths,
      since: since ?? null,
      notes,
      month: "author's date",
      renames: "followed",
    },
    head,
    ...tally,
    addedLines: added,
    surviving: survived,
    months: months.map(({ name, ...rest }) => ({ month: name, ...rest })),
    coverage,
    evidence: tiers,
    indicators: authorshipFindings(added.bounds, survived?.bounds ?? null, coverage),
  };
}

function bounded(lines: LineShares): BoundedLines {
  return { ...lines, bounds: shareBounds(lines, lines.generated) };
}
