import { concatBytes } from "@standstill/record";
import { IndicatorError } from "../error.ts";
import type { CommitIdentity } from "./identity.ts";

/** One commit with the lines that it adds. */
export interface LoggedCommit extends CommitIdentity {
  readonly id: string;
  readonly isMerge: boolean;
  /** Month of the author's date, in the author's zone: `2026-05`. */
  readonly month: string;
  readonly files: readonly { readonly path: string; readonly added: number }[];
  /** Files of which git counts no lines, as binary ones. */
  readonly uncounted: number;
}

/** What `git log -z --numstat` must print before the files of each commit; read by `LogReader`. */
export const LOG_FORMAT = "%H%x00%P%x00%ad%x00%an%x00%ae%x00%cn%x00%B";

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const NUMSTAT = /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/;
const FIELDS = 7;
const MOST_TOKEN_BYTES = 16 << 20;
const decoder = new TextDecoder();

/**
 * Reads what git prints, piece by piece. Fields are parted by NUL, which no message, name or path can hold, so that nothing
 * that somebody wrote into a message is taken for a number.
 *
 * @example const reader = new LogReader(take); for await (const chunk of stdout) reader.push(chunk); reader.end();
 */
export class LogReader {
  readonly #take: (commit: LoggedCommit) => void;
  #rest: Uint8Array = new Uint8Array();
  #fields: string[] = [];
  #files: { path: string; added: number }[] = [];
  #uncounted = 0;
  /** Lines of a renamed file, and how many of its two names are still to come. */
  #renamed: { added: number; names: number } | undefined;
  /** Commits so far. */
  commits = 0;

  constructor(take: (commit: LoggedCommit) => void) {
    this.#take = take;
  }

  /** @throws IndicatorError `malformed-data` where this is not git's output */
  push(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : concatBytes(this.#rest, chunk);
    let from = 0;
    for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, from)) {
      this.#token(decoder.decode(bytes.subarray(from, at)));
      from = at + 1;
    }
    this.#rest = bytes.slice(from);
    if (this.#rest.length > MOST_TOKEN_BYTES)
      throw new IndicatorError(
        "too-large",
        `expected a message of at most ${MOST_TOKEN_BYTES} bytes, got a longer one`,
      );
  }

  /** Hands over the last commit. */
  end(): void {
    if (this.#rest.length > 0) this.#token(decoder.decode(this.#rest));
    this.#finish();
    if (this.#fields.length > 0)
      throw new IndicatorError(
        "malformed-data",
        "expected whole commits of git, got a part of one",
      );
  }

  #token(token: string): void {
    if (this.#renamed !== undefined) {
      this.#renamed.names--;
      if (this.#renamed.names > 0) return;
      this.#files.push({ path: token, added: this.#renamed.added });
      this.#renamed = undefined;
      return;
    }
    if (this.#fields.length > 0 && this.#fields.length < FIELDS) {
      this.#fields.push(token);
      return;
    }
    const text = token.startsWith("\n") ? token.slice(1) : token;
    if (text === "") return;
    const stat = NUMSTAT.exec(text);
    if (stat !== null && this.#fields.length === FIELDS) {
      const [, lines = "", , path = ""] = stat;
      const added = lines === "-" ? 0 : Number(lines);
      if (lines === "-") this.#uncounted++;
      if (path === "") this.#renamed = { added, names: 2 };
      else this.#files.push({ path, added });
      return;
    }
    if (!COMMIT.test(text))
      throw new IndicatorError(
        "malformed-data",
        `expected a commit of git, got ${JSON.stringify(text.slice(0, 60))}`,
      );
    this.#finish();
    this.#fields = [text];
  }

  #finish(): void {
    if (this.#fields.length < FIELDS) return;
    const [id, parents, month, authorName, authorEmail, committerName, message] = this.#fields as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    this.commits++;
    this.#take({
      id,
      month,
      authorName,
      authorEmail,
      committerName,
      message,
      files: this.#files,
      isMerge: parents.includes(" "),
      uncounted: this.#uncounted,
    });
    this.#fields = [];
    this.#files = [];
    this.#uncounted = 0;
  }
}
