import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { UsageError } from "../../output.ts";

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const MOST_ENTRY_BYTES = 64 << 20;
const MOST_BYTES = 1 << 30;

/**
 * The log in an archive as Inspect writes it (`.eval`, a ZIP file: APPNOTE 6.3): `header.json`, and a file for each sample under `samples/`. Put
 * together as the JSON that Inspect's own conversion gives.
 *
 * @throws UsageError for what is no such archive, is packed otherwise, or grows too large
 */
export async function inspectArchive(bytes: Buffer, path: string): Promise<string> {
  const entries = entriesIn(bytes, path);
  let total = 0;
  const text = async (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined) throw refusal(path, `an archive with ${name}`, "one without");
    const content = await contentOf(bytes, entry, path);
    total += content.length;
    if (total > MOST_BYTES) throw refusal(path, `at most ${MOST_BYTES} bytes unpacked`, "more");
    return content.toString("utf8");
  };
  const header = await text("header.json");
  const samples: string[] = [];
  for (const name of [...entries.keys()].sort())
    if (/^samples\/[^/]+\.json$/.test(name)) samples.push(await text(name));
  try {
    return JSON.stringify({
      ...JSON.parse(header),
      samples: samples.map((one) => JSON.parse(one)),
    });
  } catch {
    throw refusal(path, "JSON in the archive", "something else");
  }
}

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

function entriesIn(bytes: Buffer, path: string): Map<string, Entry> {
  // The end record stands last, before a comment of at most 65,535 bytes.
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    throw refusal(path, "a ZIP archive", "something else");
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY)
      throw refusal(path, "a whole directory in the archive", "a part of one");
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    entries.set(bytes.toString("utf8", at + 46, at + 46 + name), {
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

async function contentOf(bytes: Buffer, entry: Entry, path: string): Promise<Buffer> {
  const { offset, packed, unpacked, method, checksum } = entry;
  if (
    offset + 30 > bytes.length ||
    bytes.readUInt32LE(offset) !== ENTRY ||
    unpacked > MOST_ENTRY_BYTES
  )
    throw refusal(path, `entries of at most ${MOST_ENTRY_BYTES} bytes`, "a broken or larger one");
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const content = bytes.subarray(from, from + packed);
  if (method !== STORED && method !== DEFLATED)
    throw refusal(path, "entries that are stored or deflated", `method ${method}`);
  const plain =
    method === STORED
      ? content
      : await promisify(inflateRaw)(content, { maxOutputLength: MOST_ENTRY_BYTES }).catch(() => {
          throw refusal(path, "entries that unpack", "a broken one");
        });
  if (plain.length !== unpacked || crc32(plain) !== checksum)
    throw refusal(path, "entries with their checksums", "others");
  return plain as Buffer;
}

function refusal(path: string, expected: string, got: string): UsageError {
  return new UsageError(
    `expected ${expected}, got ${got} in ${path}`,
    "Give a log that Inspect wrote, or what inspect log convert --to json makes of it.",
  );
}
