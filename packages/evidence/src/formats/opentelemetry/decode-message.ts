import { reasonOf } from "@standstill/record";
import { Reader } from "protobufjs/minimal.js";
import { EvidenceError } from "../../error.ts";

/** How a value is written (protobuf.dev, Scalar Value Types). */
type Scalar = "string" | "double" | "fixed64" | "sfixed64" | "int64" | "uint32";

/** A field of a message, by its name in the JSON encoding. */
export interface Field {
  readonly name: string;
  readonly type: Scalar | Message;
  readonly repeated?: boolean;
  /** Fields of one group of which the last that comes counts. */
  readonly oneof?: string;
}

/** The fields of a message that are read, by number; others are passed over. */
export type Message = ReadonlyMap<number, Field>;

/** Messages within one body: each is an object, and an empty one takes two bytes. */
const MOST_MESSAGES = 2_000_000;

/** Wire types (protobuf.dev, Encoding). */
const WIRE = { varint: 0, fixed64: 1, length: 2 } as const;
const WIRE_OF = {
  string: WIRE.length,
  double: WIRE.fixed64,
  fixed64: WIRE.fixed64,
  sfixed64: WIRE.fixed64,
  int64: WIRE.varint,
  uint32: WIRE.varint,
} as const satisfies Record<Scalar, number>;

/**
 * Decodes a protobuf message into the shape that its JSON encoding has: integers of 64 bits are decimal text. How deep it goes is as deep as
 * the messages are, since it calls itself only for fields that they name. The library's reader reads the wire; its own decoders
 * are not used, since they are code made from strings.
 *
 * @throws EvidenceError `malformed-file` where the bytes are no such message, `limit-exceeded` where there are too many within
 */
export function decodeMessage(bytes: Uint8Array, message: Message): Record<string, unknown> {
  let messages = 0;
  const decodeInto = (into: Record<string, unknown>, part: Uint8Array, fields: Message) => {
    if (++messages > MOST_MESSAGES) {
      const text = `expected at most ${MOST_MESSAGES} messages in a body, got more`;
      throw new EvidenceError("limit-exceeded", text);
    }
    const reader = Reader.create(part);
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      const [number, wire] = [tag >>> 3, tag & 7];
      const field = fields.get(number);
      if (field === undefined || wire !== wireOf(field.type)) reader.skipType(wire, 0, number);
      else readField(into, reader, field, fields);
    }
    return into;
  };
  const readField = (
    into: Record<string, unknown>,
    reader: Reader,
    { name, type, repeated, oneof }: Field,
    fields: Message,
  ) => {
    if (oneof !== undefined)
      for (const other of fields.values())
        if (other.oneof === oneof && other.name !== name) delete into[other.name];
    const before = into[name];
    // Of a message that comes twice, what comes later is added to what came before.
    const value =
      typeof type === "string"
        ? scalarOf(reader, type)
        : decodeInto(!repeated && isRecord(before) ? before : {}, reader.bytes(), type);
    if (!repeated) into[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else into[name] = [value];
  };
  try {
    return decodeInto({}, bytes, message);
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw new EvidenceError(
      "malformed-file",
      `expected a protobuf message, got: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
}

function wireOf(type: Scalar | Message): number {
  return typeof type === "string" ? WIRE_OF[type] : WIRE.length;
}

function scalarOf(reader: Reader, type: Scalar): string | number {
  if (type === "string") return reader.stringVerify();
  if (type === "double") return reader.double();
  if (type === "uint32") return reader.uint32();
  if (type === "int64") return String(varint64(reader));
  const [low, high] = [BigInt(reader.fixed32()), BigInt(reader.fixed32())];
  const whole = (high << 32n) | low;
  return String(type === "sfixed64" ? BigInt.asIntN(64, whole) : whole);
}

/** The reader's own 64-bit integers are whole only where an optional package of its can be loaded. */
function varint64(reader: Reader): bigint {
  const start = reader.pos;
  reader.skip();
  const bytes = reader.raw(start, reader.pos);
  if (bytes.length > 10) throw new RangeError(`a varint of ${bytes.length} bytes`);
  return BigInt.asIntN(
    64,
    bytes.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 127), 0n),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
