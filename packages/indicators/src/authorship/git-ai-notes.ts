import { IndicatorError } from "../error.ts";
import type { Author } from "./identity.ts";

/** Lines of a file that one author wrote: from and to, both included. */
export interface AttestedLines {
  readonly author: Exclude<Author, "unknown">;
  readonly from: number;
  readonly to: number;
}

/** What a note attests, by path. */
export type NoteAttestations = ReadonlyMap<string, readonly AttestedLines[]>;

const MOST_RANGES = 100_000;

/**
 * Reads a note of the git-ai standard (authorship/3.0.0): paths without indent, then two spaces, a key and ranges; a line `---` ends them. Keys
 * `s_…` and bare hex are runs of an AI, `h_…` are known humans. Lines without a key are of nobody known. Line numbers hold at
 * that commit only.
 *
 * @throws IndicatorError `malformed-data` where a range is none
 */
export function parseGitAiNote(text: string): NoteAttestations {
  const attested = new Map<string, AttestedLines[]>();
  let ranges: AttestedLines[] | undefined;
  let count = 0;
  for (const line of text.split("\n")) {
    if (line === "---") break;
    if (line.trim() === "") continue;
    if (!line.startsWith("  ")) {
      const path = line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
      ranges = attested.get(path) ?? [];
      attested.set(path, ranges);
      continue;
    }
    const [key = "", its = ""] = line.trim().split(/\s+/);
    const author = key.startsWith("h_")
      ? "human"
      : /^(?:s_[0-9a-f]{14}|[0-9a-f]{16})/.test(key)
        ? "ai"
        : undefined;
    if (author === undefined || ranges === undefined) continue;
    for (const range of its.split(",")) {
      const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range);
      if (match === null || ++count > MOST_RANGES)
        throw new IndicatorError(
          "malformed-data",
          `expected line ranges as 1-4,9 in a note, got ${JSON.stringify(range.slice(0, 40))}`,
        );
      const from = Number(match[1]);
      ranges.push({ author, from, to: Number(match[2] ?? from) });
    }
  }
  return attested;
}

/**
 * Reads notes as git gives them out at once: what `git notes list` says (a note's object and its commit a line), and what `git cat-file --batch`
 * says of those objects (a line with the size, the note, a newline).
 *
 * @throws IndicatorError `malformed-data` where git's answer ends early, or a note has ranges that are none
 */
export function parseNoteBatch(list: string, objects: Uint8Array): Map<string, NoteAttestations> {
  const notes = new Map<string, NoteAttestations>();
  const decoder = new TextDecoder();
  let at = 0;
  for (const { commit } of noteObjects(list)) {
    const end = objects.indexOf(NEWLINE, at);
    const size = Number(decoder.decode(objects.subarray(at, end)).split(" ")[2]);
    if (end < 0 || !Number.isInteger(size) || end + 1 + size > objects.length)
      throw new IndicatorError(
        "malformed-data",
        `expected the note of ${commit} from git, got the end of its answer`,
      );
    notes.set(commit, parseGitAiNote(decoder.decode(objects.subarray(end + 1, end + 1 + size))));
    at = end + 1 + size + 1;
  }
  return notes;
}

/** Objects of notes and the commits that they are of, in the order in which `git notes list` says them. */
export function noteObjects(
  list: string,
): readonly { readonly object: string; readonly commit: string }[] {
  return list.split("\n").flatMap((line) => {
    const [object, commit] = line.split(" ");
    return object === undefined || commit === undefined ? [] : [{ object, commit }];
  });
}

const NEWLINE = 10;

/** Who wrote a line by a note; a line that two claim is the AI's. */
export function authorOfLine(attested: readonly AttestedLines[] | undefined, line: number): Author {
  let author: Author = "unknown";
  for (const { from, to, author: its } of attested ?? []) {
    if (line < from || line > to) continue;
    if (its === "ai") return "ai";
    author = its;
  }
  return author;
}

/** How many lines a note attests in a file, by author; never more than were added. */
export function linesAttested(
  attested: readonly AttestedLines[] | undefined,
  added: number,
): { ai: number; human: number } {
  const sum = (author: Author) =>
    (attested ?? []).reduce(
      (total, one) => total + (one.author === author ? Math.max(0, one.to - one.from + 1) : 0),
      0,
    );
  const ai = Math.min(added, sum("ai"));
  return { ai, human: Math.min(added - ai, sum("human")) };
}
