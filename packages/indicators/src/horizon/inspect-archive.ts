import { type UnzipFileInfo, unzipSync } from "fflate";
import { IndicatorError } from "../error.ts";
import { crc32 } from "./crc-32.ts";
import { type InspectLog, parseInspectHeader, parseInspectSample } from "./inspect-log.ts";

/** Bounds on what an archive declares, looked at before anything is unpacked. */
const MOST_ENTRIES = 200_000;
const MOST_ENTRY_BYTES = 64 << 20;
const MOST_BYTES = 4 * (1 << 30);
/** So much is unpacked at once. */
const BATCH_BYTES = 128 << 20;

/** An entry as the archive's directory declares it. */
interface Entry {
  readonly name: string;
  readonly bytes: number;
  readonly checksum: number;
}

/**
 * The log in an archive as Inspect writes it (`.eval`, a ZIP file: APPNOTE 6.3): `header.json`, and a file for each sample under `samples/`. Of
 * each sample only what a run is made of is kept, so that transcripts may be long.
 *
 * @param place name of the file, for errors
 * @throws IndicatorError `malformed-data` for what is no such archive, is broken or packed otherwise; `too-large` beyond 200,000 entries, 64 MiB
 *   in one of them or 4 GiB in all, by what the archive declares
 */
export function inspectArchive(bytes: Uint8Array, place: string): InspectLog {
  const entries = entriesIn(bytes, place);
  const samples = entries
    .filter(({ name }) => /^samples\/[^/]+\.json$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const headers = entries.filter(({ name }) => name === "header.json");
  const [header] = unpacked(bytes, headers, place, parseInspectHeader);
  if (header === undefined) throw refusal(place, "an archive with header.json, got one without");
  return { ...header, samples: unpacked(bytes, samples, place, parseInspectSample) };
}

/** What the directory declares, in its order, once it is known to keep to the bounds. */
function entriesIn(bytes: Uint8Array, place: string): Entry[] {
  const entries: Entry[] = [];
  const names = new Set<string>();
  const checksums = checksumsIn(bytes);
  let total = 0;
  const declare = ({ name, originalSize }: UnzipFileInfo) => {
    total += originalSize;
    if (!(originalSize <= MOST_ENTRY_BYTES) || !(total <= MOST_BYTES))
      throw tooLarge(place, `${MOST_ENTRY_BYTES} bytes in ${name} and ${MOST_BYTES} in all`);
    if (entries.length >= MOST_ENTRIES) throw tooLarge(place, `${MOST_ENTRIES} entries`);
    const checksum = checksums.next().value;
    if (checksum === undefined) throw refusal(place, "a whole directory, got a part of one");
    if (names.has(name)) throw refusal(place, `${name} once, got it twice`);
    names.add(name);
    entries.push({ name, bytes: originalSize, checksum });
    return false;
  };
  unzip(bytes, place, declare);
  return entries;
}

/** Unpacks entries some at a time, and makes something of the text of each, in their order. */
function unpacked<Made>(
  bytes: Uint8Array,
  entries: readonly Entry[],
  place: string,
  make: (text: string, place: string) => Made,
): Made[] {
  const made: Made[] = [];
  for (let from = 0; from < entries.length; ) {
    let size = 0;
    let to = from;
    do size += entries[to++]?.bytes ?? 0;
    while (to < entries.length && size < BATCH_BYTES);
    const batch = entries.slice(from, to);
    const wanted = new Set(batch.map(({ name }) => name));
    const contents = new Map(Object.entries(unzip(bytes, place, ({ name }) => wanted.has(name))));
    for (const entry of batch) {
      const content = contents.get(entry.name) ?? new Uint8Array();
      made.push(make(textOf(content, entry, place), `${place}, ${entry.name}`));
    }
    from = to;
  }
  return made;
}

function textOf(content: Uint8Array, { name, bytes, checksum }: Entry, place: string): string {
  if (content.length !== bytes || crc32(content) !== checksum)
    throw refusal(place, `${name} with its length and checksum, got another content`);
  return new TextDecoder().decode(content);
}

function unzip(
  bytes: Uint8Array,
  place: string,
  filter: (file: UnzipFileInfo) => boolean,
): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof IndicatorError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw refusal(place, `a ZIP archive, got: ${got}`);
  }
}

/**
 * Checksums of the entries in the order of the directory, which fflate does not look at (APPNOTE 6.3, 4.3.12 and 4.3.16). They end where the directory is none, as
 * they do at once in archives of the 64 bit kind.
 */
function* checksumsIn(bytes: Uint8Array): Generator<number, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The end record stands last, before a comment of at most 65,535 bytes.
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  let at = end < 0 ? bytes.length : view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === 0x02014b50) {
    yield view.getUint32(at + 16, true);
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
}

function refusal(place: string, expected: string): IndicatorError {
  return new IndicatorError(
    "malformed-data",
    `expected ${expected}; give a log that Inspect wrote, or what inspect log convert --to json makes of it`,
    place,
  );
}

function tooLarge(place: string, most: string): IndicatorError {
  return new IndicatorError("too-large", `expected at most ${most}, got more`, place);
}
