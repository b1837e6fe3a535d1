import { there } from "@standstill/record";
import { EvidenceError } from "../../error.ts";
import { type Receiver, STALE_HIGH, STALE_LOW } from "../../telemetry/feeds/receiver.ts";
import { ProtobufReader, WIRE } from "./protobuf-reader.ts";
import { SeriesCache } from "./series-cache.ts";

/** What a request held that its answer must tell (remote write 2.0, "Required Written Response Headers"). */
export interface Written {
  samples: number;
  histograms: number;
  exemplars: number;
  /** Families that only describe metrics. */
  metadata: number;
}

const tag = (number: number, wire: number) => number * 8 + wire;

/**
 * Decodes requests of one sender (prometheus.io, Remote-Write 1.0 and 2.0 specifications) after they were unpacked. This is
 * the path that every reading of a large site takes: written by hand, in place, and a series that was seen before is
 * found by the bytes of its labels.
 */
export class RemoteWrite {
  readonly #receiver: Receiver;
  readonly #one = new SeriesCache();
  readonly #two = new SeriesCache();
  #labels = new Uint8Array(4096);

  constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  /** `WriteRequest` of remote write 1.0: series are field 1, metadata field 3. */
  decode1(body: Uint8Array): Written {
    const reader = new ProtobufReader(body);
    const written = { samples: 0, histograms: 0, exemplars: 0, metadata: 0 };
    while (reader.at < body.length) {
      const field = reader.varint(body.length);
      if (field === tag(1, WIRE.length)) {
        this.#series1(reader, reader.lengthEnd(body.length), written);
      } else {
        if (field === tag(3, WIRE.length)) written.metadata++;
        reader.skip(field % 8, body.length);
      }
    }
    return written;
  }

  /** `io.prometheus.write.v2.Request`: symbols are field 4, series field 5, and labels refer to symbols. */
  decode2(body: Uint8Array): Written {
    const written = { samples: 0, histograms: 0, exemplars: 0, metadata: 0 };
    const symbols = symbolsOf(body);
    const reader = new ProtobufReader(body);
    while (reader.at < body.length) {
      const field = reader.varint(body.length);
      if (field === tag(5, WIRE.length)) {
        this.#series2(reader, reader.lengthEnd(body.length), symbols, written);
      } else reader.skip(field % 8, body.length);
    }
    return written;
  }

  #series1(reader: ProtobufReader, end: number, written: Written): void {
    const start = reader.at;
    // Senders write labels first; where they do not, what comes first decides only how quickly the series is found.
    while (reader.at < end && reader.bytes[reader.at] === tag(1, WIRE.length)) {
      reader.at++;
      reader.at = reader.lengthEnd(end);
    }
    const labelsEnd = reader.at;
    let series = this.#one.get(reader.view, start, labelsEnd);
    if (series === undefined) {
      series = this.#resolve(labels1(reader, start, labelsEnd));
      this.#one.set(reader.view, start, labelsEnd, series);
    }
    reader.at = labelsEnd;
    while (reader.at < end) {
      const field = reader.varint(end);
      if (field === tag(2, WIRE.length)) {
        this.#sample(reader, reader.lengthEnd(end), series, written);
      } else if (field === tag(1, WIRE.length)) {
        throw new EvidenceError(
          "malformed-file",
          "expected the labels of a series before its samples, got one after",
        );
      } else {
        if (field === tag(3, WIRE.length)) written.exemplars++;
        else if (field === tag(4, WIRE.length)) written.histograms++;
        reader.skip(field % 8, end);
      }
    }
  }

  #series2(
    reader: ProtobufReader,
    end: number,
    symbols: readonly (readonly [number, number])[],
    written: Written,
  ): void {
    const start = reader.at;
    let series: number | undefined;
    // References come first by number, but nothing says that they must: two passes.
    while (reader.at < end) {
      const field = reader.varint(end);
      if (field !== tag(1, WIRE.length)) {
        reader.skip(field % 8, end);
        continue;
      }
      series = this.#byReferences(reader, reader.lengthEnd(end), symbols);
    }
    if (series === undefined) throw unnamed();
    reader.at = start;
    while (reader.at < end) {
      const field = reader.varint(end);
      if (field === tag(2, WIRE.length)) {
        this.#sample(reader, reader.lengthEnd(end), series, written);
      } else {
        if (field === tag(3, WIRE.length)) written.histograms++;
        else if (field === tag(4, WIRE.length)) written.exemplars++;
        else if (field === tag(5, WIRE.length)) written.metadata++;
        reader.skip(field % 8, end);
      }
    }
  }

  /** The series whose labels are symbols: their bytes, each with its length, are what it is found by. */
  #byReferences(
    reader: ProtobufReader,
    end: number,
    symbols: readonly (readonly [number, number])[],
  ): number {
    const references: number[] = [];
    let length = 0;
    while (reader.at < end) {
      const symbol = symbols[reader.varint(end)];
      if (symbol === undefined) {
        throw new EvidenceError(
          "malformed-file",
          "expected references to symbols, got one to none",
        );
      }
      references.push(symbol[0], symbol[1]);
      length += 4 + symbol[1] - symbol[0];
    }
    if (length > this.#labels.length) this.#labels = new Uint8Array(length * 2);
    const view = new DataView(this.#labels.buffer);
    let at = 0;
    for (let i = 0; i < references.length; i += 2) {
      const [from, to] = [there(references[i]), there(references[i + 1])];
      view.setUint32(at, to - from);
      this.#labels.set(reader.bytes.subarray(from, to), at + 4);
      at += 4 + to - from;
    }
    const known = this.#two.get(view, 0, at);
    if (known !== undefined) return known;
    const labels = new Map<string, string>();
    if (references.length % 4 !== 0) {
      throw new EvidenceError("malformed-file", "expected names and values of labels in pairs");
    }
    for (let i = 0; i < references.length; i += 4) {
      const name = reader.text(there(references[i]), there(references[i + 1]));
      const value = reader.text(there(references[i + 2]), there(references[i + 3]));
      setLabel(labels, name, value);
    }
    const series = this.#resolve(labels);
    this.#two.set(view, 0, at, series);
    return series;
  }

  /** Proto3 leaves zeros out: a sample without a value is 0. Fields may come in any order, and the last of one counts. */
  #sample(reader: ProtobufReader, end: number, series: number, written: Written): void {
    let value = 0;
    let timeMs = 0;
    let isStale = false;
    while (reader.at < end) {
      const field = reader.varint(end);
      if (field === tag(1, WIRE.fixed64)) {
        value = reader.double(end);
        if (Number.isNaN(value)) {
          const [high, low] = reader.halvesBefore();
          isStale = high === STALE_HIGH && low === STALE_LOW;
        }
      } else if (field === tag(2, WIRE.varint)) timeMs = reader.int64(end);
      else reader.skip(field % 8, end);
    }
    if (isStale) this.#receiver.stale++;
    else this.#receiver.add(series, timeMs, value);
    written.samples++;
  }

  #resolve(labels: ReadonlyMap<string, string>): number {
    const metric = labels.get("__name__");
    if (metric === undefined) throw unnamed();
    return this.#receiver.resolve(metric, labels);
  }
}

/** Names and values are fields 1 and 2 of each label. */
function labels1(reader: ProtobufReader, start: number, end: number): Map<string, string> {
  const labels = new Map<string, string>();
  reader.at = start;
  while (reader.at < end) {
    reader.varint(end);
    const labelEnd = reader.lengthEnd(end);
    let [name, value] = ["", ""];
    while (reader.at < labelEnd) {
      const field = reader.varint(labelEnd);
      if (field !== tag(1, WIRE.length) && field !== tag(2, WIRE.length)) {
        reader.skip(field % 8, labelEnd);
        continue;
      }
      const to = reader.lengthEnd(labelEnd);
      const text = reader.text(reader.at, to);
      reader.at = to;
      if (field === tag(1, WIRE.length)) name = text;
      else value = text;
    }
    setLabel(labels, name, value);
  }
  return labels;
}

function setLabel(labels: Map<string, string>, name: string, value: string): void {
  if (name === "" || labels.has(name)) {
    throw new EvidenceError(
      "malformed-file",
      `expected each label once with a name, got ${JSON.stringify(name)}`,
    );
  }
  labels.set(name, value);
}

/** Where each symbol lies in the body; the first must be empty. */
function symbolsOf(body: Uint8Array): (readonly [number, number])[] {
  const reader = new ProtobufReader(body);
  const symbols: (readonly [number, number])[] = [];
  while (reader.at < body.length) {
    const field = reader.varint(body.length);
    if (field !== tag(4, WIRE.length)) {
      reader.skip(field % 8, body.length);
      continue;
    }
    const end = reader.lengthEnd(body.length);
    symbols.push([reader.at, end]);
    reader.at = end;
  }
  const [first] = symbols;
  if (first !== undefined && first[0] !== first[1]) {
    throw new EvidenceError("malformed-file", "expected an empty symbol first, got another");
  }
  return symbols;
}

function unnamed(): EvidenceError {
  return new EvidenceError("malformed-file", "expected a series with __name__, got none");
}
