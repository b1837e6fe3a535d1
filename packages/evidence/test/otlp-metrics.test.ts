import { EvidenceError, FeedMap, Receiver } from "@standstill/evidence";
import { readOtlpJson, readOtlpProtobuf } from "@standstill/evidence/formats";
import fc from "fast-check";
import protobuf from "protobufjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { bytes, double, type Field, fixed64, message, varint } from "./protobuf.ts";

const NOW = Date.parse("2026-11-21T21:00:00.000Z");
const fresh = () => {
  const map = [
    { metric: "hw.power", quantity: "power" as const, scale: 1000, device: ["hw.id", "host.name"] },
  ];
  const receiver = new Receiver("aster/one", "operator", new FeedMap(map));
  receiver.at(NOW, { beforeMs: 86_400_000, afterMs: 86_400_000 });
  return receiver;
};

/** OTLP's messages, with what we pass over, as opentelemetry-proto has them; a sender's own library encodes them. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; string schema_url = 3; }
  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; string schema_url = 3; }
  message Scope { string name = 1; string version = 2; }
  message Metric {
    string name = 1; string description = 2; string unit = 3;
    oneof data { Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9; }
  }
  message Gauge { repeated Point data_points = 1; }
  message Sum { repeated Point data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message Histogram { repeated Point data_points = 1; }
  message Point {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    oneof value { double as_double = 4; sfixed64 as_int = 6; }
    repeated KeyValue attributes = 7; uint32 flags = 8;
  }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value {
      string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
      ArrayValue array_value = 5;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
`);
const requestType = root.lookupType("Request");

// The encoder's own integers are whole up to 2^53; those above have a test of their own.
const whole = fc
  .integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
  .map(String);
const value = fc.oneof(
  fc.record({ stringValue: fc.string({ unit: "grapheme" }) }),
  fc.record({ intValue: whole }),
  fc.record({ boolValue: fc.boolean() }),
  fc.record({ arrayValue: fc.constant({ values: [{ stringValue: "a" }, { boolValue: true }] }) }),
);
const attributes = fc.array(
  fc.record({ key: fc.constantFrom("hw.id", "host.name", "rack"), value }),
  { maxLength: 4 },
);
const point = fc
  .tuple(
    fc.record({
      attributes,
      startTimeUnixNano: fc.constant("1"),
      timeUnixNano: fc.integer({ min: -5, max: 5 }).map((at) => `${NOW + at}000000`),
      flags: fc.constantFrom(0, 1, 2),
    }),
    fc.oneof(
      fc.record({ asDouble: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      fc.record({ asInt: whole }),
    ),
  )
  .map(([rest, told]) => ({ ...rest, ...told }));
const points = fc.record({ dataPoints: fc.array(point, { maxLength: 4 }) });
const metric = fc
  .tuple(
    fc.constantFrom("hw.power", "hw.other"),
    fc.oneof(
      fc.record({ gauge: points }),
      fc.record({ sum: points }),
      fc.record({ histogram: points }),
    ),
  )
  .map(([name, data]) => ({ name, unit: "W", ...data }));
const request = fc.record({
  resourceMetrics: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeMetrics: fc.array(
        fc.record({
          scope: fc.constant({ name: "a", version: "1" }),
          metrics: fc.array(metric, { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

const encoded = (of: object) => requestType.encode(requestType.fromObject(of)).finish();

describe("OTLP metrics (opentelemetry-proto v1)", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("a request tells the same readings as protobuf, from another's encoder, and as JSON", () => {
    fc.assert(
      fc.property(request, (of) => {
        const [one, two] = [fresh(), fresh()];
        expect(readOtlpProtobuf(encoded(of), one)).toBe(readOtlpJson(JSON.stringify(of), two));
        expect(one.take()).toEqual(two.take());
        expect(one.table.from(0)).toEqual(two.table.from(0));
        expect(one.quarantine.reasons).toEqual(two.quarantine.reasons);
        expect([one.stale, one.unwanted]).toEqual([two.stale, two.unwanted]);
      }),
    );
  });

  it("integers of 64 bits are whole, up to the last", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (id) => {
        const attribute = message([bytes(1, "hw.id"), bytes(2, message([varint(3, id)]))]);
        const point = bytes(
          1,
          message([fixed64(3, BigInt(NOW) * 1_000_000n), bytes(7, attribute)]),
        );
        const metric = bytes(2, message([bytes(1, "hw.power"), bytes(5, message([point]))]));
        const receiver = fresh();
        readOtlpProtobuf(message([bytes(1, message([bytes(2, metric)]))]), receiver);
        expect(receiver.table.get(0)?.device).toBe(String(id).replace("-", ""));
      }),
    );
  });

  it("two requests one after the other in a body are one request", () => {
    fc.assert(
      fc.property(request, request, (a, b) => {
        const [apart, together] = [fresh(), fresh()];
        const points = [a, b].reduce((sum, of) => sum + readOtlpProtobuf(encoded(of), apart), 0);
        expect(readOtlpProtobuf(message([encoded(a), encoded(b)]), together)).toBe(points);
        expect(together.take()).toEqual(apart.take());
      }),
    );
  });

  it("of a message that comes twice the parts are merged, of a choice the last counts (protobuf.dev, Last One Wins)", () => {
    const attribute = (key: string, value: string) =>
      message([bytes(1, key), bytes(2, message([bytes(1, "wrong"), bytes(1, value)]))]);
    const resource = (key: string, value: string) =>
      bytes(1, message([bytes(1, attribute(key, value))]));
    const told = (...values: Field[]) => message([fixed64(3, BigInt(NOW) * 1_000_000n), ...values]);
    const metric = (values: Field[]) =>
      bytes(2, message([bytes(1, "hw.power"), bytes(5, message([bytes(1, told(...values))]))]));
    const body = message([
      bytes(
        1,
        message([
          resource("hw.id", "gpu-1"),
          bytes(
            2,
            message([
              metric([double(4, 1), fixed64(6, 2n)]),
              metric([fixed64(6, 3n), double(4, 4)]),
            ]),
          ),
          resource("host.name", "node-1"),
        ]),
      ),
    ]);
    const receiver = fresh();
    readOtlpProtobuf(body, receiver);
    expect(receiver.table.from(0).map(({ device }) => device)).toEqual(["gpu-1"]);
    expect([...receiver.take().values]).toEqual([2000, 4000]);
  });

  it("bent, cut or other bytes end in readings or in a typed error", () => {
    const bent = fc
      .tuple(request.map(encoded), fc.nat(), fc.nat(255), fc.nat())
      .map(([whole, at, byte, cut]) => {
        const body = whole.slice(0, whole.length - (cut % 3 === 0 ? cut % (whole.length + 1) : 0));
        if (body.length > 0) body[at % body.length] = byte;
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(bent, fc.uint8Array({ maxLength: 40 })), (body) => {
        try {
          expect(readOtlpProtobuf(body, fresh())).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(EvidenceError);
          expect((error as EvidenceError).code).toBe("malformed-file");
        }
      }),
      { numRuns: scaled(1000) },
    );
  });

  it.each([
    [
      "text that is not UTF-8",
      message([
        bytes(
          1,
          message([bytes(2, message([bytes(2, message([bytes(1, Uint8Array.of(0xff))]))]))]),
        ),
      ]),
    ],
    [
      "a length beyond the message that holds it",
      Uint8Array.of(0x0a, 0x02, 0x0a, 0x05, 0, 0, 0, 0, 0),
    ],
    ["a group that does not end", Uint8Array.of(0x0b)],
    ["groups within groups without end", new Uint8Array(100_000).fill(0x0b)],
  ])("refuses %s", (_, body) => {
    expect(() => readOtlpProtobuf(body, fresh())).toThrow(/expected a protobuf message/);
  });

  it.each([
    ["[]", /expected an OTLP request/],
    ['{"resourceMetrics":{}}', /expected an OTLP request/],
    [
      '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}',
      /expected an OTLP request/,
    ],
    ["{", /expected OTLP as JSON/],
  ])("refuses %s as JSON", (text, reason) => {
    expect(() => readOtlpJson(text, fresh())).toThrow(reason);
  });

  it("refuses what is too large, and what would become too many objects, before it takes memory", () => {
    const limit = { code: "limit-exceeded" };
    const empty = new Uint8Array(4_000_002).map((_, i) => (i % 2 === 0 ? 0x0a : 0));
    for (const body of [new Uint8Array((32 << 20) + 1), empty])
      expect(() => readOtlpProtobuf(body, fresh())).toThrow(expect.objectContaining(limit));
    expect(() => readOtlpJson(" ".repeat((32 << 20) + 1), fresh())).toThrow(
      expect.objectContaining(limit),
    );
  });

  it("makes no code from strings, so that it runs where that is forbidden", () => {
    const of = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "hw.power" }] }] }] };
    const body = encoded(of);
    vi.stubGlobal("Function", () => {
      throw new Error("code from a string");
    });
    // What the library itself would do.
    expect(() => new protobuf.Type("Fresh").decode(body)).toThrow(/code from a string/);
    expect(readOtlpProtobuf(body, fresh())).toBe(0);
  });
});
