import { readFileSync } from "node:fs";
import {
  EvidenceError,
  FeedMap,
  Receiver,
  RemoteWrite,
  unpackRemoteWrite,
} from "@standstill/evidence";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { bytes, double, type Field, fixed64, message, varint } from "./protobuf.ts";

const read = (name: string) =>
  new Uint8Array(
    readFileSync(
      new URL(`../../../data/prometheus/remote_write_v1_${name}.snappy`, import.meta.url),
    ),
  );
const everything = new FeedMap([
  { metric: "node_cpu_seconds_total", quantity: "requests", scale: 1, device: ["cpu"] },
  { metric: "node_power_watts", quantity: "power", scale: 1000, device: ["node"] },
]);
const NOW = 1_795_300_000_000;
const fresh = () => {
  const receiver = new Receiver("aster/one", "operator", everything);
  receiver.at(NOW, { beforeMs: 400 * 86_400_000, afterMs: 600_000 });
  return { receiver, remote: new RemoteWrite(receiver) };
};

const label = (name: string, value: string): Field =>
  bytes(1, message([bytes(1, name), bytes(2, value)]));
const sample = (value: Field[], timeMs = NOW): Field =>
  bytes(2, message([...value, varint(2, timeMs)]));
const series1 = (node: string, ...samples: Field[]): Field =>
  bytes(1, message([label("__name__", "node_power_watts"), label("node", node), ...samples]));

describe("requests captured from Prometheus 2.42", () => {
  it("500 series with one sample each: those that are asked for are taken, the others counted", () => {
    const { receiver, remote } = fresh();
    const written = remote.decode1(unpackRemoteWrite(read("samples_001")));
    expect(written).toEqual({ samples: 500, histograms: 0, exemplars: 0, metadata: 0 });
    expect(receiver.length + receiver.unwanted + receiver.quarantine.count).toBe(500);
    expect(receiver.length).toBeGreaterThan(0);
    const { timeMs } = receiver.take();
    expect([...timeMs].every((time) => time > 1.7e12)).toBe(true);
  });

  it("24 series in the small one; 283 families and no series in the metadata one", () => {
    const { remote } = fresh();
    expect(remote.decode1(unpackRemoteWrite(read("samples_small_004"))).samples).toBe(24);
    const written = remote.decode1(unpackRemoteWrite(read("metadata_002")));
    expect(written).toMatchObject({ samples: 0, metadata: 283 });
  });

  it("the second request finds its series by their bytes and gives the same readings", () => {
    const { receiver, remote } = fresh();
    const body = unpackRemoteWrite(read("samples_001"));
    remote.decode1(body);
    const first = receiver.take();
    remote.decode1(body);
    expect(receiver.take()).toEqual(first);
  });
});

describe("remote write 1.0, by its specification", () => {
  const taken = (...fields: Field[]) => {
    const { receiver, remote } = fresh();
    remote.decode1(message(fields));
    const { series, timeMs, values } = receiver.take();
    return {
      devices: [...series].map((number) => receiver.table.get(number)?.device),
      timeMs: [...timeMs],
      values: [...values],
      receiver,
    };
  };

  it("a sample without a value is 0, since proto3 leaves zeros out", () => {
    expect(taken(series1("a", sample([])))).toMatchObject({ values: [0], devices: ["a"] });
  });

  it("a stale marker ends a series and is no reading; another NaN is set aside", () => {
    const stale = taken(series1("a", sample([fixed64(1, 0x7ff0000000000002n)])));
    expect([stale.values, stale.receiver.stale]).toEqual([[], 1]);
    const odd = taken(series1("a", sample([fixed64(1, 0x7ff8000000000001n)])));
    expect(odd.receiver.quarantine.reasons["not-a-number"]?.count).toBe(1);
  });

  it("negative, absurd and ancient readings are set aside with the reason, and the rest is kept", () => {
    const { values, receiver } = taken(
      series1("a", sample([double(1, -1)]), sample([double(1, 6000.25)])),
      series1("b", sample([double(1, 1e30)]), sample([double(1, 5)], 1000)),
      series1("c", sample([double(1, Number.POSITIVE_INFINITY)])),
      series1("d", sample([double(1, 9.223372036854775e18)])),
    );
    expect(values).toEqual([6_000_250]);
    expect(receiver.quarantine.reasons).toMatchObject({
      negative: { count: 1, first: expect.stringContaining("power of a") },
      "too-large": { count: 1 },
      blank: { count: 2 },
      "time-unlikely": { count: 1 },
    });
  });

  it("repeated and duplicated samples are kept as they came; the store makes them one", () => {
    const { values, timeMs } = taken(
      series1("a", sample([double(1, 2)], NOW), sample([double(1, 1)], NOW - 1000)),
      series1("a", sample([double(1, 2)], NOW)),
    );
    expect(values).toEqual([2000, 1000, 2000]);
    expect(timeMs).toEqual([NOW, NOW - 1000, NOW]);
  });

  it("a repeated label, a nameless series and labels after samples are refused", () => {
    const twice = message([label("__name__", "x"), label("node", "a"), label("node", "b")]);
    expect(() => taken(bytes(1, twice))).toThrow(/each label once/);
    expect(() => taken(bytes(1, message([label("node", "a")])))).toThrow(/__name__/);
    const late = message([
      label("__name__", "node_power_watts"),
      sample([double(1, 1)]),
      label("node", "a"),
    ]);
    expect(() => taken(bytes(1, late))).toThrow(/before its samples/);
  });
});

/** No sender of 2.0 is in Debian 12: these bytes are built from the specification (2.0-rc.4). */
describe("remote write 2.0, by its specification", () => {
  const symbols = ["", "__name__", "node_power_watts", "node", "a", "b"].map((text) =>
    bytes(4, text),
  );
  const series2 = (references: number[], ...more: Field[]): Field =>
    bytes(5, message([bytes(1, Uint8Array.from(references)), ...more]));

  it("gives what 1.0 gives for the same readings", () => {
    const { receiver, remote } = fresh();
    const written = remote.decode2(
      message([
        ...symbols,
        series2([1, 2, 3, 4], sample([double(1, 7)]), bytes(5, message([varint(1, 2)]))),
        series2([1, 2, 3, 5], sample([double(1, 8)]), bytes(4, message([])), bytes(3, message([]))),
      ]),
    );
    expect(written).toEqual({ samples: 2, histograms: 1, exemplars: 1, metadata: 1 });
    const one = fresh();
    one.remote.decode1(
      message([series1("a", sample([double(1, 7)])), series1("b", sample([double(1, 8)]))]),
    );
    expect(receiver.take()).toEqual(one.receiver.take());
  });

  it("a reference to no symbol, an odd number of them and a first symbol that is not empty are refused", () => {
    const refused = (fields: Field[]) => () => fresh().remote.decode2(message(fields));
    expect(refused([...symbols, series2([1, 9])])).toThrow(/references to symbols/);
    expect(refused([...symbols, series2([1, 2, 3])])).toThrow(/in pairs/);
    expect(refused([bytes(4, "x"), series2([0, 0])])).toThrow(/empty symbol first/);
  });
});

describe("hostile bodies", () => {
  it("a declared length of 4 GB is refused before anything is unpacked", () => {
    expect(() => unpackRemoteWrite(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0))).toThrow(
      /at most 33554432/,
    );
  });

  it("every truncation and every random change ends in a typed error or a request, never in anything else", () => {
    const packed = read("samples_small_004");
    const plain = unpackRemoteWrite(packed);
    const end = (work: () => void) => {
      try {
        work();
      } catch (error) {
        expect(error).toBeInstanceOf(EvidenceError);
      }
    };
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (cut, at, mask) => {
        for (const body of [packed, plain]) {
          const bent = body.slice();
          bent[at % body.length] = (bent[at % body.length] as number) ^ mask;
          for (const one of [body.slice(0, cut % body.length), bent]) {
            const { remote } = fresh();
            if (body === packed) end(() => remote.decode1(unpackRemoteWrite(one)));
            else {
              end(() => remote.decode1(one));
              end(() => remote.decode2(one));
            }
          }
        }
      }),
      { numRuns: scaled(500) },
    );
  });
});
