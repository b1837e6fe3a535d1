import {
  AppendList,
  type Checkpoint,
  concatBytes,
  equalBytes,
  fromBase64,
  type Issuer,
  parseDecimal,
  RecordError,
  sha256,
  textOf,
  toBase64,
  toHex,
  utf8,
} from "@standstill/record";
import type { State } from "@standstill/replay";
import type { OrderedMap } from "immutable";
import { decodeValue, encodeValue } from "./value.ts";

const FORMAT = "standstill snapshot 1";
/** Lines of the head are short; a file without their end is none. */
const MAX_HEAD_BYTES = 1024;

/** The state after the first entries of a log, so that replay need not begin at the first. A cache and nothing more. */
export interface Snapshot {
  /** Which program replayed: another may judge otherwise, and begins anew. */
  readonly program: string;
  /** The log, how many of its entries were replayed, and the root over them. */
  readonly checkpoint: Checkpoint;
  readonly state: State;
}

/**
 * A snapshot as bytes: five lines (the format, the program, the log's origin, the size, the root), a line with the SHA-256
 * of what follows an empty line, and that: the state in CBOR (RFC 8949). The same state gives the same bytes.
 *
 * @example await writeFile("snapshot", formatSnapshot({ program, checkpoint, state }))
 */
export function formatSnapshot({ program, checkpoint, state }: Snapshot): Uint8Array {
  const { origin, size, root } = checkpoint;
  const body = encodeState(state);
  const head = [FORMAT, program, origin, size, toBase64(root), toHex(sha256(body))];
  return concatBytes(utf8(`${head.join("\n")}\n\n`), body);
}

/**
 * Reads a snapshot. Nothing about it is proven but that it is what was written: whoever keeps it must keep it as safe as
 * the program, or know its hash, or begin anew.
 *
 * @param program the program that asks; what another wrote is not used
 * @returns the snapshot, or why it cannot be used
 */
export function parseSnapshot(bytes: Uint8Array, program: string): Snapshot | string {
  try {
    const { head, body } = split(bytes);
    const [format, writer, origin, sizeText, rootText, hash] = head as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const size = parseDecimal(sizeText);
    if (head.length !== 6 || format !== FORMAT || size === undefined)
      return `expected "${FORMAT}" and five more lines, got something else`;
    if (writer !== program) return `expected one by ${program}, got one by ${writer}`;
    if (toHex(sha256(body)) !== hash) return "expected content with the hash it names, got other";
    const state = decodeState(body);
    if (state.size !== size) return `expected the state after ${size} entries, got ${state.size}`;
    return { program, checkpoint: { origin, size, root: fromBase64(rootText) }, state };
  } catch (error) {
    if (error instanceof RecordError) return error.message;
    throw error;
  }
}

/** A state as bytes; the place of each issuer's statements is not among them, as the list of statements gives it. */
export function encodeState(state: State): Uint8Array {
  const issuers = state.issuers.map(({ next, lastIssuedAt }) => ({ next, lastIssuedAt }));
  return encodeValue({ ...state, issuers });
}

/** The state of bytes that `encodeState` made. */
export function decodeState(bytes: Uint8Array): State {
  try {
    const stored = decodeValue(bytes) as State & { readonly issuers: OrderedMap<string, Issuer> };
    const places = new Map<string, AppendList<number>>();
    let place = 0;
    for (const { issuer } of stored.statements) {
      const before = places.get(issuer) ?? AppendList.empty<number>();
      places.set(issuer, before.append(place++));
    }
    const issuers = stored.issuers.map((issuer, name) => ({
      ...issuer,
      places: places.get(name) ?? AppendList.empty<number>(),
    }));
    return { ...stored, issuers };
  } catch (cause) {
    const message = "expected a state as this program writes it, got something else";
    throw new RecordError("malformed-cbor", message, { cause });
  }
}

/** Whether a snapshot is of the log with this root over as many entries. */
export function isOfHistory({ checkpoint }: Snapshot, root: Uint8Array): boolean {
  return equalBytes(checkpoint.root, root);
}

function split(bytes: Uint8Array): { readonly head: string[]; readonly body: Uint8Array } {
  const most = Math.min(bytes.length - 1, MAX_HEAD_BYTES);
  for (let at = 0; at < most; at++) {
    if (bytes[at] !== 0x0a || bytes[at + 1] !== 0x0a) continue;
    return { head: textOf(bytes.subarray(0, at)).split("\n"), body: bytes.subarray(at + 2) };
  }
  throw new RecordError("malformed-encoding", "expected a head that ends in an empty line");
}
