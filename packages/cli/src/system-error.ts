import type { ToldError } from "./output.ts";

/** What Node says beside the code of an error of the system. */
interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly syscall?: string;
}

/** What was expected, what came, and what to do. */
type Words = (error: SystemError) => readonly [expected: string, got: string, remedy: string];

const TRY_AGAIN =
  "See that the other side runs and can be reached, and run the command again. This says nothing about any party.";

const noFile: Words = (error) =>
  error.syscall === "connect"
    ? [`somebody who listens at ${error.address}`, "no such socket", TRY_AGAIN]
    : [
        `a file or folder at ${placeOf(error)}`,
        "nothing there",
        "Give the path of one that is there; the folder of a new file must be there as well.",
      ];
const notAllowed: Words = (error) =>
  error.syscall === "listen"
    ? [
        `port ${error.port} to be one that this user may listen on`,
        "a refusal of the system",
        "Choose a port from 1024 on.",
      ]
    : [
        `${placeOf(error)} to be one that this user may read or write`,
        "a refusal of the system",
        "Change its permissions, or choose another place.",
      ];
const noPeer =
  (got: string): Words =>
  (error) => [`an answer from ${peerOf(error)}`, got, TRY_AGAIN];

/** Errors of the system that people can do something about, by code. */
const WORDS: Readonly<Record<string, Words>> = {
  ENOENT: noFile,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: notAllowed,
  EEXIST: (error) => [
    `nothing yet at ${placeOf(error)}`,
    "something there",
    "Choose another name; what is there is not replaced.",
  ],
  EISDIR: (error) => [`a file at ${placeOf(error)}`, "a folder", "Give the path of a file."],
  ENOTDIR: (error) => [
    `a folder on the way to ${placeOf(error)}`,
    "a file",
    "Give a path whose folders are folders.",
  ],
  ENOSPC: (error) => [
    `room on the disk for ${placeOf(error)}`,
    "none left",
    "Make room, or choose a place on another disk.",
  ],
  EMFILE: () => [
    "to open one more file",
    "too many that are open",
    "Raise the limit of open files (ulimit -n), and run the command again.",
  ],
  EADDRINUSE: ({ port, address, path }) => [
    port === undefined
      ? `a free place for a socket at ${path ?? address}`
      : `port ${port} of ${address} to be free`,
    "another program on it",
    `Stop that program, or choose another ${port === undefined ? "place with --socket" : "port with --port"}.`,
  ],
  EADDRNOTAVAIL: ({ address }) => [
    `${address} to be an address of this machine`,
    "another machine's",
    "Give an address that this machine has.",
  ],
  ECONNREFUSED: noPeer("a refusal: nobody listens there"),
  ECONNRESET: noPeer("an end of the connection"),
  EPIPE: noPeer("an end of the connection"),
  ETIMEDOUT: noPeer("nothing in time"),
  EHOSTUNREACH: noPeer("no way there"),
  ENETUNREACH: noPeer("no way there"),
  ENOTFOUND: noPeer("no such name"),
  EAI_AGAIN: noPeer("no answer about its name"),
  UND_ERR_CONNECT_TIMEOUT: noPeer("nothing in time"),
  UND_ERR_HEADERS_TIMEOUT: noPeer("nothing in time"),
  UND_ERR_BODY_TIMEOUT: noPeer("only part of it in time"),
  UND_ERR_SOCKET: noPeer("an end of the connection"),
};

/** How many errors deep the one of the system is looked for: `fetch` says only that it failed, and hides why in its cause. */
const DEPTH = 6;

/** An error of the system in words, found in the causes of an error; nothing where there is none that is known. */
export function systemErrorOf(error: unknown, depth = DEPTH): ToldError | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  if (isSystemError(error)) {
    const words = WORDS[error.code];
    if (words !== undefined) {
      const [expected, got, remedy] = words(error);
      const place = error.path ?? (error.port === undefined ? undefined : peerOf(error));
      return { code: error.code, message: `expected ${expected}, got ${got}`, place, remedy };
    }
  }
  if (error.name === "TimeoutError") return unreachable("ETIMEDOUT", "nothing in time");
  // Of several addresses of one name, each may fail in its own way; the first is told.
  const below = error instanceof AggregateError ? error.errors[0] : error.cause;
  const told = systemErrorOf(below, depth - 1);
  if (told !== undefined || error.message !== "fetch failed") return told;
  return unreachable("fetch-failed", below instanceof Error ? below.message : "none");
}

function unreachable(code: string, got: string): ToldError {
  return {
    code,
    message: `expected an answer from the other side, got ${got}`,
    place: undefined,
    remedy: TRY_AGAIN,
  };
}

function isSystemError(error: Error): error is SystemError {
  return "code" in error && typeof error.code === "string";
}

function placeOf({ path }: SystemError): string {
  return path ?? "the place that was named";
}

function peerOf({ address, hostname, port }: SystemError): string {
  const host = hostname ?? address ?? "the other side";
  return port === undefined ? host : `${host}:${port}`;
}
