/**
 * How a text of the command line is read, and what is said where it is something else.
 *
 * @example const percent: Format<number> = { expected: "percent, as 12", read: (text) => (/^\d{1,2}$/.test(text) ? Number(text) : undefined) }
 */
export interface Format<Value> {
  /** What is expected, in words that stand after "expected". */
  readonly expected: string;
  /**
   * The value of a text; nothing where the text has none.
   *
   * @param name the option or argument that it was given for, as `--policy`
   */
  readonly read: (text: string, name: string) => Value | undefined;
}

/** A file that was named, and for what, so that whoever cannot read it can say where the name came from. */
export interface NamedFile {
  readonly path: string;
  /** The option or argument that named it, as `--policy`. */
  readonly option: string;
}

/** Where a record lies: a directory of this machine, or the address of a server. */
export interface RecordPlace {
  readonly kind: "directory" | "address";
  /** A path, or an address without the slash at its end. */
  readonly at: string;
}

/** Any text but an empty one. */
export const text: Format<string> = {
  expected: "a text that is not empty",
  read: (given) => (given === "" ? undefined : given),
};

/** Path of a file or folder, for what is made or kept there. */
export const path: Format<string> = {
  expected: "a path",
  read: (given) => (given === "" || given.includes("\0") ? undefined : given),
};

/** A file that is read. */
export const file: Format<NamedFile> = {
  expected: "the path of a file",
  read: (given, option) =>
    path.read(given, option) === undefined ? undefined : { path: given, option },
};

/** An address of the web, `http` or `https`, without a user or password: whoever lists processes reads command lines. */
export const address: Format<string> = {
  expected: "an address as https://record.example/, without a user or password",
  read: (given) => {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const isPlain = url !== undefined && /^https?:$/.test(url.protocol);
    return isPlain && url.username === "" && url.password === "" ? given : undefined;
  },
};

/** A data directory, its `record/`, or the address of a server. */
export const recordPlace: Format<RecordPlace> = {
  expected: "a data directory, or the address of a server as https://record.example/",
  read: (given, name) => {
    if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) {
      const at = path.read(given, name);
      return at === undefined ? undefined : { kind: "directory", at };
    }
    const at = address.read(given, name);
    return at === undefined ? undefined : { kind: "address", at: at.replace(/\/+$/, "") };
  },
};

/** Somebody's name and where it runs, as `one=https://witness.example/`. */
export const nameAtAddress: Format<{ readonly name: string; readonly url: string }> = {
  expected: "a name and an address, as one=https://witness.example/",
  read: (given, option) => {
    const [, name, at] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    const url = at === undefined ? undefined : address.read(at, option);
    return name === undefined || url === undefined ? undefined : { name, url };
  },
};

/** A whole number between two others, both included. */
export function whole(low: number, high: number): Format<number> {
  return {
    expected: `a whole number from ${low} to ${high}`,
    read: (given) => {
      const value = Number(given);
      return /^[0-9]{1,15}$/.test(given) && value >= low && value <= high ? value : undefined;
    },
  };
}

/** A whole number from 0 on. */
export const count: Format<number> = {
  expected: "a whole number from 0 on, below a thousand million",
  read: whole(0, 999_999_999).read,
};

/** A port; 0 lets the system choose one. */
export const port: Format<number> = {
  expected: "a port from 0 to 65535",
  read: whole(0, 65_535).read,
};

/** Seconds from one to a week. */
export const seconds: Format<number> = {
  expected: "seconds from 1 to 604800",
  read: whole(1, 604_800).read,
};

/** A number from 0 on, as 0.1. */
export const amount: Format<number> = {
  expected: "a number from 0 on, as 0.1",
  read: (given) => {
    const value = Number(given);
    return /^[0-9]*\.?[0-9]+(?:e-?[0-9]{1,2})?$/.test(given) && Number.isFinite(value)
      ? value
      : undefined;
  },
};

/** A chance between 0 and 1. */
export const chance: Format<number> = {
  expected: "a chance between 0 and 1, as 0.05",
  read: (given) => {
    const value = Number(given);
    return /^[0-9]*\.?[0-9]+$/.test(given) && value <= 1 ? value : undefined;
  },
};

/** A day, as 2016-11-04; a day that no calendar has is none. */
export const day: Format<string> = {
  expected: "a day as 2016-11-04",
  read: (given) => (isDay(given) ? given : undefined),
};

/** A day or an instant, in milliseconds since 1970; a day counts to its end. */
export const instant: Format<number> = {
  expected: "a day as 2026-06-04, or an instant as 2026-06-04T12:00:00Z",
  read: (given) => {
    const [, date = "", time] = /^(\d{4}-\d\d-\d\d)(T[0-9:.]+Z)?$/.exec(given) ?? [];
    if (!isDay(date)) return undefined;
    const milliseconds = Date.parse(`${date}${time ?? "T23:59:59.999Z"}`);
    return Number.isFinite(milliseconds) ? milliseconds : undefined;
  },
};

/** SHA-256 in hexadecimal. */
export const sha256: Format<string> = {
  expected: "a SHA-256 of 64 hexadecimal digits",
  read: (given) => (/^[0-9a-f]{64}$/.test(given) ? given : undefined),
};

/** One of a few words. */
export function oneOf<const Word extends string>(
  words: readonly [Word, ...Word[]] | readonly Word[],
): Format<Word> {
  return {
    expected:
      words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
    read: (given) => words.find((word) => word === given),
  };
}

/** Whether a text is a day that the calendar has: `Date` alone takes the 30th of February for a day of March. */
function isDay(given: string): boolean {
  const milliseconds = /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(given) : Number.NaN;
  return (
    Number.isFinite(milliseconds) && new Date(milliseconds).toISOString().slice(0, 10) === given
  );
}
